package io.sallyport.core.body;

import io.sallyport.core.describe.BodyDescription;
import io.sallyport.core.describe.BodyDescription.Kind;
import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.problem.ProblemType;

/**
 * Says that the handler of an endpoint reads and checks the body by itself, an upload for example.
 *
 * <p>Without it and without {@link JsonBody}, an endpoint takes no body, and a request with one is
 * refused. {@link ValidationFilter} still holds it to its size, as long as the handler reads the
 * stream or the reader; forms and parts that the container parses are held to the container's own
 * limits, unless their length was announced.
 *
 * @param maxBytes the most bytes that the body may have
 */
public record UnvalidatedBody(long maxBytes) implements Facet, Described {
  public UnvalidatedBody {
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "maxBytes must be at least 1, was " + maxBytes + "; without this facet there is no body");
    }
  }

  /** A body of any kind, unchecked, of up to {@code maxBytes} bytes. */
  public static UnvalidatedBody upTo(long maxBytes) {
    return new UnvalidatedBody(maxBytes);
  }

  @Override
  public void describe(OperationDescription operation) {
    operation
        .takes(new BodyDescription("*/*", Object.class, maxBytes, true, 0, 0, Kind.VALUE))
        .refuses(ProblemType.CONTENT_TOO_LARGE);
  }
}
