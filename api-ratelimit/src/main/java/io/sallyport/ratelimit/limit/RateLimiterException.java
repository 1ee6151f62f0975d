package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

/**
 * Thrown by a {@link RateLimiter} that cannot tell whether the allowance suffices, for example
 * because its store does not answer. Nothing was taken, as far as it knows. The filters refuse the
 * request with 503.
 */
public final class RateLimiterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, for the log
   * @param cause what the store threw
   */
  public RateLimiterException(String message, Throwable cause) {
    super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
  }
}
