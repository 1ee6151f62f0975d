package io.sallyport.ratelimit.limit;

import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.ProblemType;
import java.time.Duration;
import java.util.List;

/**
 * The fields {@code RateLimit-Policy} and {@code RateLimit} of
 * draft-ietf-httpapi-ratelimit-headers-10, and {@code Retry-After} of RFC 9110 section 10.2.3.
 *
 * <p>Both are Lists of Strings with Integer parameters, RFC 9651 sections 3.1 and 4.1; one member
 * for each limit that was asked, in order.
 */
final class RateLimitHeaders {
  private static final String POLICY = "RateLimit-Policy";
  static final String LIMIT = "RateLimit";
  static final String RETRY_AFTER = "Retry-After";

  // RFC 9651 section 3.3.1: an Integer has at most fifteen digits.
  private static final long MAX_INTEGER = 999_999_999_999_999L;

  private RateLimitHeaders() {}

  /** Tells of the fields, and of the refusals that go with them. */
  static void describe(OperationDescription operation) {
    HeaderDescription retryAfter =
        new HeaderDescription(
            RETRY_AFTER, ValueDescription.integer(1, Integer.MAX_VALUE), "Seconds to wait.");
    operation
        .header(
            new HeaderDescription(
                POLICY,
                ValueDescription.text(0, 1024),
                "The limits, and their windows in seconds."))
        .header(
            new HeaderDescription(
                LIMIT, ValueDescription.text(0, 1024), "What remains of each limit."))
        .header(ProblemType.RATE_LIMITED.status(), retryAfter)
        .header(ProblemType.UNAVAILABLE.status(), retryAfter)
        .refuses(ProblemType.RATE_LIMITED, ProblemType.UNAVAILABLE);
  }

  /**
   * {@code RateLimit-Policy: "caller-1m";q=100;w=60}: the quotas, each with its period in seconds.
   * It is the same for every request, so a filter makes it once.
   */
  static HeaderField policy(List<Quota> quotas) {
    StringBuilder list = new StringBuilder(64);
    for (Quota quota : quotas) {
      member(list, quota);
      integer(list, ";q=", quota.capacity());
      integer(list, ";w=", seconds(quota.period()));
    }
    return new HeaderField(POLICY, list.toString());
  }

  /**
   * {@code "caller-1m";r=99;t=1}: what remains, and the seconds until more is available: until the
   * next permit where none remains, until the allowance is whole otherwise.
   */
  static String limit(List<Counted> limits) {
    StringBuilder list = new StringBuilder(limits.size() * 48);
    for (Counted counted : limits) {
      member(list, counted.quota());
      integer(list, ";r=", counted.permit().remaining());
      integer(list, ";t=", seconds(untilMore(counted.permit())));
    }
    return list.toString();
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
    return duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
  }

  private static void member(StringBuilder list, Quota quota) {
    if (!list.isEmpty()) {
      list.append(", ");
    }
    list.append('"');
    String name = quota.name();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        list.append('\\');
      }
      list.append(c);
    }
    list.append('"');
  }

  private static void integer(StringBuilder list, String parameter, long value) {
    list.append(parameter).append(Math.min(value, MAX_INTEGER));
  }
}
