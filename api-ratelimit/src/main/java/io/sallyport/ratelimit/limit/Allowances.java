package io.sallyport.ratelimit.limit;

import io.sallyport.core.filter.Decision;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import java.util.List;

/** Asks the limiter, and turns its answers into a decision. */
final class Allowances {
  private static final Problem RATE_LIMITED = Problem.of(ProblemType.RATE_LIMITED);
  private static final Problem UNKNOWN = Problem.of(ProblemType.UNAVAILABLE);

  private Allowances() {}

  static Counted count(RateLimiter limiter, String key, Quota quota) {
    try {
      return new Counted(quota, limiter.tryAcquire(key, quota));
    } catch (RateLimiterException e) {
      // Not knowing is not a reason to let it pass: an attacker may have caused the outage.
      throw new ProblemException(UNKNOWN, e);
    }
  }

  /** Passes if every limit granted; the client is told of all of them, and of nobody else's. */
  static Decision decide(List<Counted> limits, HeaderField policy) {
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
    return decision.header(policy).header(RateLimitHeaders.LIMIT, RateLimitHeaders.limit(limits));
  }
}
