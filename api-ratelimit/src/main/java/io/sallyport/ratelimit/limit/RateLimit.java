package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How often an endpoint may be called: one limit or several, joined by {@link #and}. Immutable.
 *
 * <p>Each endpoint counts for itself, also where a group gave it the limit. {@link RateLimitFilter}
 * enforces it.
 *
 * @param limits the limits, all of which hold; at least one
 */
public record RateLimit(List<Limit> limits) implements Facet, Described {
  public RateLimit {
    limits = List.copyOf(limits);
    if (limits.isEmpty()) {
      throw new IllegalArgumentException(
          "limits must not be empty; leave the facet away where nothing is limited");
    }
  }

  /**
   * At most {@code capacity} requests of one caller at once, refilled evenly over {@code period}. A
   * request without an authenticated caller counts for its address.
   *
   * @throws IllegalArgumentException if {@link Quota} refuses one of the two
   */
  public static RateLimit perCaller(long capacity, Duration period) {
    return new RateLimit(List.of(Limit.of(Per.CALLER, capacity, period)));
  }

  /**
   * At most {@code capacity} requests of one client address at once, refilled evenly over {@code
   * period}, whoever the caller; an IPv6 client counts as its /64.
   *
   * @throws IllegalArgumentException if {@link Quota} refuses one of the two
   */
  public static RateLimit perAddress(long capacity, Duration period) {
    return new RateLimit(List.of(Limit.of(Per.ADDRESS, capacity, period)));
  }

  /** These limits and those of {@code other}. */
  public RateLimit and(RateLimit other) {
    List<Limit> more = new ArrayList<>(limits);
    more.addAll(other.limits);
    return new RateLimit(more);
  }

  /**
   * This limit under a name of its own, which clients see.
   *
   * @throws IllegalStateException if there are several limits; name each before {@link #and}
   */
  public RateLimit named(String name) {
    if (limits.size() > 1) {
      throw new IllegalStateException(
          "named(\"" + name + "\") must come before and(...), which joined " + limits.size());
    }
    Limit limit = limits.get(0);
    return new RateLimit(List.of(new Limit(limit.per(), limit.quota().named(name))));
  }

  @Override
  public void describe(OperationDescription operation) {
    RateLimitHeaders.describe(operation);
    operation.extension("x-rate-limits", documented());
  }

  /** The limits, for machines. */
  List<Map<String, Object>> documented() {
    return limits.stream()
        .map(
            limit ->
                Map.<String, Object>of(
                    "name", limit.quota().name(),
                    "per", limit.per().name().toLowerCase(Locale.ROOT),
                    "requests", limit.quota().capacity(),
                    "seconds", limit.quota().period().toSeconds()))
        .toList();
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Limit limit : limits) {
      if (!names.add(limit.quota().name())) {
        faults.add(
            new Fault(
                endpoint.toString(),
                "RateLimit name",
                limit.quota().name(),
                "must be unique among the limits of an endpoint",
                "remove one of the two limits, or give it another .named(...)"));
      }
    }
    return faults;
  }

  /** Who shares an allowance. */
  public enum Per {
    /** The authenticated caller, or the address of a request without one. */
    CALLER,
    /** The client address. */
    ADDRESS
  }

  /**
   * One limit.
   *
   * @param per who shares an allowance
   * @param quota how large the allowance is
   */
  public record Limit(Per per, Quota quota) {
    public Limit {
      requireNonNull(per, "per");
      requireNonNull(quota, "quota");
    }

    // Named after its period, such as caller-1m, so that limits of two periods go together.
    private static Limit of(Per per, long capacity, Duration period) {
      String length = requireNonNull(period, "period").toString().substring(2);
      String name = (per + "-" + length).toLowerCase(Locale.ROOT);
      return new Limit(per, new Quota(name, capacity, period));
    }
  }
}
