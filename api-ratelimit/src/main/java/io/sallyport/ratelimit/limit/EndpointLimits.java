package io.sallyport.ratelimit.limit;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.caller.ClientAddress;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.problem.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The limits of one endpoint, with all that is the same for each of its requests made once. */
record EndpointLimits(List<Keyed> limits, HeaderField policy) {
  /** The limits under {@code id}, the endpoint's own unless it counts apart. */
  static EndpointLimits of(String id, RateLimit limit) {
    return new EndpointLimits(
        limit.limits().stream().map(each -> new Keyed(each, LimitKey.prefix(id, each))).toList(),
        RateLimitHeaders.policy(limit.limits().stream().map(RateLimit.Limit::quota).toList()));
  }

  Decision decide(RateLimiter limiter, Optional<Caller> caller, ClientAddress address) {
    return Allowances.decide(count(limiter, caller, address), policy);
  }

  private List<Counted> count(RateLimiter limiter, Optional<Caller> caller, ClientAddress address) {
    if (limits.size() == 1) {
      return List.of(limits.get(0).count(limiter, caller, address));
    }
    List<Counted> counted = new ArrayList<>(limits.size());
    for (Keyed limit : limits) {
      counted.add(limit.count(limiter, caller, address));
    }
    return counted;
  }

  /** A limit, and how the keys begin under which it counts. */
  record Keyed(RateLimit.Limit limit, String prefix) {
    Counted count(RateLimiter limiter, Optional<Caller> caller, ClientAddress address) {
      String key = LimitKey.of(prefix, limit.per(), caller, address);
      return Allowances.count(limiter, key, limit.quota());
    }
  }
}
