package io.sallyport.ratelimit.limit;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fields {@code RateLimit-Policy} and {@code RateLimit} of
 * draft-ietf-httpapi-ratelimit-headers-10, and {@code Retry-After} of RFC 9110 section 10.2.3.
 *
 * <p>Both are Lists of Strings with Integer parameters, RFC 9651 sections 3.1 and 4.1; one member
 * for each limit that was asked, in order.
 */
final class RateLimitHeaders {
  static final String POLICY = "RateLimit-Policy";
  static final String LIMIT = "RateLimit";
  static final String RETRY_AFTER = "Retry-After";

  // RFC 9651 section 3.3.1: an Integer has at most fifteen digits.
  private static final long MAX_INTEGER = 999_999_999_999_999L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private RateLimitHeaders() {}

  /** {@code "caller-1m";q=100;w=60}: the quota, and its period in seconds. */
  static String policy(List<Counted> limits) {
    return list(
        limits,
        counted ->
            string(counted.quota().name())
                + integer(";q=", counted.quota().capacity())
                + integer(";w=", seconds(counted.quota().period())));
  }

  /**
   * {@code "caller-1m";r=99;t=1}: what remains, and the seconds until more is available: until the
   * next permit where none remains, until the allowance is whole otherwise.
   */
  static String limit(List<Counted> limits) {
    return list(
        limits,
        counted ->
            string(counted.quota().name())
                + integer(";r=", counted.permit().remaining())
                + integer(";t=", seconds(untilMore(counted.permit()))));
  }

  /** The seconds to wait until none of {@code limits} refuses any more, at least 1. */
  static String retryAfter(List<Counted> limits) {
    long longest =
        limits.stream()
            .mapToLong(counted -> seconds(counted.permit().retryAfter()))
            .max()
            .orElse(0);
    return Long.toString(Math.max(1, longest));
  }

  private static Duration untilMore(Permit permit) {
    return permit.remaining() == 0 ? permit.retryAfter() : permit.resetAfter();
  }

  // Rounded up: a client that waits exactly this long must not be refused again.
  private static long seconds(Duration duration) {
    return duration.plusNanos(NANOS_PER_SECOND - 1).toSeconds();
  }

  private static String list(List<Counted> limits, Function<Counted, String> member) {
    return limits.stream().map(member).collect(Collectors.joining(", "));
  }

  private static String string(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String integer(String parameter, long value) {
    return parameter + Math.min(value, MAX_INTEGER);
  }
}
