package io.sallyport.core.body;

import io.sallyport.core.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How to change a JSON value. Immutable. */
interface PatchDocument {
  /** What comes of {@code target}, which this may change and use up. */
  Outcome applyTo(JsonNode target);

  /**
   * The changed value, or the problem with changing it.
   *
   * @param value the changed value, {@code null} where there is a problem
   * @param problem the problem, {@code null} where there is none
   */
  record Outcome(@Nullable JsonNode value, @Nullable Problem problem) {}
}
