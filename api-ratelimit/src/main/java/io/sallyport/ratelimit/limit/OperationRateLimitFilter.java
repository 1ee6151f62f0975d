package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers 429 once a caller has carried out an operation as often as its {@link OperationLimit}
 * allows.
 *
 * <p>It runs after idempotency keys, so that a replay costs nothing, and a refusal uses up no key.
 * It is no defence against many requests, since each was authenticated and validated by then: have
 * a {@link RateLimitFilter} as well. If the limiter cannot decide, the request is refused with 503.
 */
public final class OperationRateLimitFilter extends Guard {
  private final RateLimiter limiter;
  private final Map<Endpoint, EndpointLimits> limited = new HashMap<>();

  /** Enforces the operation limits of {@code endpoints}. */
  public OperationRateLimitFilter(Endpoints endpoints, RateLimiter limiter) {
    super(endpoints);
    this.limiter = requireNonNull(limiter, "limiter");
    for (Endpoint endpoint : endpoints.all()) {
      // Not the id alone: a rate limit of the endpoint may have the name of one of these.
      String id = "operation " + endpoint.id();
      endpoint
          .facet(OperationLimit.class)
          .ifPresent(found -> limited.put(endpoint, EndpointLimits.of(id, found.limit())));
    }
  }

  @Override
  public Stage stage() {
    // The first stage behind REPLAY, whatever the order in which guards are given.
    return Stage.CACHE;
  }

  @Override
  public String name() {
    return "operation-rate-limit";
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(OperationLimit.class);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    Optional<Endpoint> endpoint = exchange.endpoint();
    EndpointLimits limits = endpoint.isEmpty() ? null : limited.get(endpoint.get());
    return limits == null
        ? Decision.pass().because("unlimited")
        : limits.decide(limiter, exchange.caller(), exchange.clientAddress());
  }
}
