package io.sallyport.ratelimit.limit;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.caller.ClientAddress;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the limiter, and turns its answers into a decision. */
final class Allowances {
  private static final Problem RATE_LIMITED = Problem.of(ProblemType.RATE_LIMITED);
  private static final Problem UNKNOWN = Problem.of(ProblemType.UNAVAILABLE);

  private Allowances() {}

  /** Counts a request against every limit of {@code limits}, and decides. */
  static Decision decide(
      RateLimiter limiter,
      Optional<Caller> caller,
      ClientAddress address,
      String id,
      RateLimit limits) {
    List<Counted> counted = new ArrayList<>(limits.limits().size());
    for (RateLimit.Limit each : limits.limits()) {
      String client = LimitKey.client(each.per(), caller, address);
      counted.add(count(limiter, LimitKey.of(id, each, client), each.quota()));
    }
    return decide(counted);
  }

  static Counted count(RateLimiter limiter, String key, Quota quota) {
    try {
      return new Counted(quota, limiter.tryAcquire(key, quota));
    } catch (RateLimiterException e) {
      // Not knowing is not a reason to let it pass: an attacker may have caused the outage.
      throw new ProblemException(UNKNOWN, e);
    }
  }

  /** Passes if every limit granted; the client is told of all of them, and of nobody else's. */
  static Decision decide(List<Counted> limits) {
    boolean granted = true;
    for (Counted counted : limits) {
      granted &= counted.permit().granted();
    }
    Decision decision =
        granted
            ? Decision.pass()
            : Decision.refuse(
                RATE_LIMITED.header(
                    RateLimitHeaders.RETRY_AFTER, RateLimitHeaders.retryAfter(limits)));
    return decision
        .header(RateLimitHeaders.POLICY, RateLimitHeaders.policy(limits))
        .header(RateLimitHeaders.LIMIT, RateLimitHeaders.limit(limits));
  }
}
