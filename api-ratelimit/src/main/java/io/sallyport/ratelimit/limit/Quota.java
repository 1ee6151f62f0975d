package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * {@code capacity} requests at once, refilled evenly over {@code period}: a bucket that is empty is
 * full again after one period, and has its first permit after {@code period / capacity}.
 *
 * @param name the name of the policy, shown to clients: 1 to 64 visible ASCII characters or spaces
 * @param capacity how many requests may come at once, 1 to {@link #MAX_CAPACITY}
 * @param period how long an empty bucket takes to fill, one second to {@link #MAX_PERIOD}
 */
public record Quota(String name, long capacity, Duration period) {
  /** The largest capacity; at one second it is one permit a nanosecond, which is no limit. */
  public static final long MAX_CAPACITY = 1_000_000_000L;

  /** The longest period: a spent bucket is kept in memory that long. */
  public static final Duration MAX_PERIOD = Duration.ofDays(31);

  private static final int MAX_NAME_LENGTH = 64;

  // Clients are told whole seconds, so a shorter period could not be announced.
  private static final Duration MIN_PERIOD = Duration.ofSeconds(1);

  public Quota {
    checkName(requireNonNull(name, "name"));
    requireNonNull(period, "period");
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity must be 1 to "
              + MAX_CAPACITY
              + ", was "
              + capacity
              + "; to refuse every request, do not declare the endpoint");
    }
    if (period.compareTo(MIN_PERIOD) < 0 || period.compareTo(MAX_PERIOD) > 0) {
      throw new IllegalArgumentException(
          "period must be "
              + MIN_PERIOD
              + " to "
              + MAX_PERIOD
              + ", was "
              + period
              + "; choose a capacity for a period within that");
    }
  }

  private static void checkName(String name) {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "name must have 1 to " + MAX_NAME_LENGTH + " characters, was \"" + name + "\"");
    }
    // The repertoire of an RFC 9651 String.
    if (!name.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
      throw new IllegalArgumentException(
          "name must be visible ASCII characters or spaces, was \""
              + name
              + "\"; clients see it in the RateLimit field, so write it in plain ASCII");
    }
  }

  /** This quota under another name. */
  public Quota named(String another) {
    return new Quota(another, capacity, period);
  }
}
