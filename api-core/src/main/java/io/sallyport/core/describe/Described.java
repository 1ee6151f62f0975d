package io.sallyport.core.describe;

/**
 * A facet, a filter or a {@code ProblemMapper} that tells callers what it means for an endpoint.
 *
 * <p>A facet tells what it promises or asks: input, answers, and the problems with which the guard
 * that enforces it refuses. A filter tells what it adds to every endpoint behind it, whatever its
 * facets. What both tell is told once, so that neither need know of the other:
 *
 * <pre>{@code
 * public record Greeting(int most) implements Facet, Described {
 *   public void describe(OperationDescription operation) {
 *     operation
 *         .parameter(ParameterDescription.header("Greeting", ValueDescription.text(1, most)))
 *         .refuses(ProblemType.BAD_REQUEST)
 *         .note("Greets back.");
 *   }
 * }
 * }</pre>
 */
public interface Described {
  /** Tells {@code operation} of this; called once for each endpoint, at start-up. */
  void describe(OperationDescription operation);
}
