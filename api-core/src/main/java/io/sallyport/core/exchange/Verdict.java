package io.sallyport.core.exchange;

/**
 * What one guard said about a request.
 *
 * @param stage the guard's stage
 * @param guard the guard's name
 * @param outcome what it decided
 * @param reason a stable code of letters, digits and hyphens, such as {@code rate-limited}
 * @param nanos how long the decision took, in nanoseconds
 */
public record Verdict(Stage stage, String guard, Outcome outcome, String reason, long nanos) {
  /** What a guard decided. */
  public enum Outcome {
    /** The request may go on. */
    PASSED,
    /** The guard answered the request itself, successfully. */
    ANSWERED,
    /** The request was refused. */
    REFUSED,
    /** The guard could not decide, so the request was refused. */
    FAILED,
    /** The guard would have refused, but runs in shadow. */
    SHADOW_REFUSED,
    /** The guard could not decide, but runs in shadow. */
    SHADOW_FAILED
  }
}
