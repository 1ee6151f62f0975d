package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import java.time.Duration;
import java.util.List;

/**
 * How often a sensitive operation, a payment or a change of password, may be carried out.
 * Immutable.
 *
 * <p>A {@link RateLimit} counts requests. This counts what reaches the handler: a repetition that
 * is answered from its idempotency key costs nothing, and neither does a request that was refused
 * before. {@link OperationRateLimitFilter} enforces it; an endpoint may have both.
 *
 * @param limit the limits, all of which hold
 */
public record OperationLimit(RateLimit limit) implements Facet, Described {
  public OperationLimit {
    requireNonNull(limit, "limit");
  }

  /** At most {@code capacity} operations of one caller at once, refilled over {@code period}. */
  public static OperationLimit perCaller(long capacity, Duration period) {
    return new OperationLimit(RateLimit.perCaller(capacity, period).named("operation"));
  }

  @Override
  public void describe(OperationDescription operation) {
    RateLimitHeaders.describe(operation);
    operation.extension("x-operation-limits", limit.documented());
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    return limit.faults(endpoint);
  }
}
