package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.HeaderField;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Answers 429 once a client address has spent its allowance over all endpoints, before anything
 * costly such as the check of a signature runs. An IPv6 client counts as its /64.
 *
 * <p>Behind a proxy, map it after the filter that establishes the client address; the whole world
 * counts as one otherwise. Clients that share an address share its allowance, so leave room for
 * them. If the limiter cannot decide, the request is refused with 503. Where the endpoint has a
 * limit of its own, {@link RateLimitFilter} tells the client of that one instead.
 */
public final class AddressRateLimitFilter extends Guard implements Described {
  private final RateLimiter limiter;
  private final Quota quota;
  private final HeaderField policy;

  /** Allows each address {@code quota}; give it a limiter that no other filter uses. */
  public AddressRateLimitFilter(RateLimiter limiter, Quota quota) {
    this.limiter = requireNonNull(limiter, "limiter");
    this.quota = requireNonNull(quota, "quota");
    this.policy = RateLimitHeaders.policy(List.of(quota));
  }

  @Override
  public Stage stage() {
    return Stage.ADMIT;
  }

  @Override
  public String name() {
    return "address-rate-limit";
  }

  @Override
  public void describe(OperationDescription operation) {
    RateLimitHeaders.describe(operation);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    String key = LimitKey.address(exchange.clientAddress());
    return Allowances.decide(List.of(Allowances.count(limiter, key, quota)), policy);
  }
}
