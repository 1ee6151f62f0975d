package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a {@link RateLimiter} answered.
 *
 * @param granted whether a permit was taken
 * @param remaining how many more could be taken now, 0 when refused
 * @param retryAfter how long until the next permit can be taken: zero where one remains, and
 *     positive for a refusal. Waiting exactly this long suffices, unless another request is faster
 * @param resetAfter how long until the allowance is whole again, if nothing is taken meanwhile; not
 *     shorter than {@code retryAfter}
 */
public record Permit(boolean granted, long remaining, Duration retryAfter, Duration resetAfter) {
  public Permit {
    if (remaining < 0) {
      throw new IllegalArgumentException("remaining must not be negative, was " + remaining);
    }
    if (requireNonNull(retryAfter, "retryAfter").isNegative()) {
      throw new IllegalArgumentException("retryAfter must not be negative, was " + retryAfter);
    }
    if (requireNonNull(resetAfter, "resetAfter").compareTo(retryAfter) < 0) {
      throw new IllegalArgumentException(
          "resetAfter must not be shorter than retryAfter, was " + resetAfter);
    }
    if (!granted && (remaining != 0 || retryAfter.isZero())) {
      throw new IllegalArgumentException(
          "a refusal must have nothing remaining and a positive retryAfter, had "
              + remaining
              + " and "
              + retryAfter);
    }
  }
}
