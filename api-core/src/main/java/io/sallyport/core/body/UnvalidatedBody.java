package io.sallyport.core.body;

import io.sallyport.core.endpoint.Facet;

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
public record UnvalidatedBody(long maxBytes) implements Facet {
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
}
