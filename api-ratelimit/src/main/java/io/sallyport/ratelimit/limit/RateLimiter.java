package io.sallyport.ratelimit.limit;

import java.util.function.LongSupplier;

/**
 * Counts requests by key.
 *
 * <p>Implementations must be safe for concurrent use and must pass {@code RateLimiterContract},
 * which is in this module's test-jar.
 */
@FunctionalInterface
public interface RateLimiter {
  /** How many keys {@link #inMemory()} remembers. */
  int DEFAULT_MAX_KEYS = 100_000;

  /**
   * Takes one permit from the allowance of {@code key} under {@code quota}; never waits for one. A
   * key that is new has its whole allowance. One key under two quotas is two allowances.
   *
   * @throws RateLimiterException if the outcome is unknown, in which case nothing was taken
   */
  Permit tryAcquire(String key, Quota quota);

  /** Counts in the memory of this process, for {@link #DEFAULT_MAX_KEYS} keys. */
  static InMemoryRateLimiter inMemory() {
    return inMemory(DEFAULT_MAX_KEYS, System::nanoTime);
  }

  /**
   * Counts in the memory of this process.
   *
   * @param maxKeys how many keys to remember, at least 1; each takes about half a kilobyte
   * @param nanoTime a clock in nanoseconds that never steps back, such as {@link System#nanoTime}
   */
  static InMemoryRateLimiter inMemory(int maxKeys, LongSupplier nanoTime) {
    return new InMemoryRateLimiter(maxKeys, nanoTime);
  }
}
