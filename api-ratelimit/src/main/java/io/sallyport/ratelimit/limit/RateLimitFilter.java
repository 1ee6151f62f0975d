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
 * Answers 429 once a caller or an address has spent the {@link RateLimit} of an endpoint.
 *
 * <p>Map it after authentication, so that the caller is a verified identity rather than a header
 * the client chose. If the limiter cannot decide, the request is refused with 503. Every limit of
 * the endpoint is asked even when one refuses, since only then can {@code Retry-After} hold for all
 * of them; a refused request so counts against those that had room.
 */
public final class RateLimitFilter extends Guard {
  private final RateLimiter limiter;
  private final Map<Endpoint, EndpointLimits> limited = new HashMap<>();

  /** Enforces the limits of {@code endpoints}. */
  public RateLimitFilter(Endpoints endpoints, RateLimiter limiter) {
    super(endpoints);
    this.limiter = requireNonNull(limiter, "limiter");
    for (Endpoint endpoint : endpoints.all()) {
      endpoint
          .facet(RateLimit.class)
          .ifPresent(limit -> limited.put(endpoint, EndpointLimits.of(endpoint.id(), limit)));
    }
  }

  @Override
  public Stage stage() {
    return Stage.LIMIT;
  }

  @Override
  public String name() {
    return "rate-limit";
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(RateLimit.class);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    Optional<Endpoint> endpoint = exchange.endpoint();
    EndpointLimits limits = endpoint.isEmpty() ? null : limited.get(endpoint.get());
    if (limits == null) {
      return Decision.pass().because("unlimited");
    }
    return limits.decide(limiter, exchange.caller(), exchange.clientAddress());
  }
}
