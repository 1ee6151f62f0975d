package io.sallyport.core.filter;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Guards composed into one servlet filter, in the order of their {@link Stage}, whatever the order
 * in which they were given; guards of one stage keep the given order.
 *
 * <p>Immutable and safe for concurrent use. Map it to {@code /*} for every dispatcher type, which
 * {@link #addTo} does, so that a forward to another endpoint is refused.
 */
public final class ApiFilterChain implements Filter {
  private final Endpoints endpoints;
  private final ApiFilter[] filters;
  private final LongSupplier nanoTime;

  private ApiFilterChain(Endpoints endpoints, List<ApiFilter> filters, LongSupplier nanoTime) {
    this.endpoints = endpoints;
    this.filters = filters.toArray(new ApiFilter[0]);
    this.nanoTime = nanoTime;
  }

  /**
   * Begins a chain over {@code endpoints}; {@link ProblemFilter} and {@link RouteFilter} are in.
   */
  public static Builder of(Endpoints endpoints) {
    return new Builder(endpoints);
  }

  /** The filters of this chain, in their order; a document tells what each adds. */
  public List<ApiFilter> filters() {
    return List.of(filters);
  }

  /** Adds this chain to {@code context}: every path, every dispatcher type, with async support. */
  public void addTo(ServletContext context) {
    FilterRegistration.Dynamic registration = context.addFilter("sallyport", this);
    if (registration == null) {
      throw new IllegalStateException("the context has a filter named \"sallyport\" already");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("only HTTP can be guarded");
    }
    boolean continued =
        http.getDispatcherType() != DispatcherType.REQUEST && Exchange.find(request).isPresent();
    Exchange exchange = Exchange.begin(http, nanoTime);
    boolean ownPath = true;
    if (continued) {
      Redispatch to = Redispatch.of(Optional.of(endpoints), exchange, http);
      if (to == Redispatch.TO_ANOTHER_ENDPOINT) {
        Refusals.refuseRedispatch(exchange, answer);
        return;
      }
      ownPath = to == Redispatch.TO_ITSELF;
    }
    new Cursor(exchange, chain, continued, ownPath).doFilter(http, answer);
  }

  static List<Fault> faultsOf(Optional<Endpoints> endpoints, List<ApiFilter> filters) {
    List<Fault> faults = new ArrayList<>();
    endpoints.ifPresent(table -> faults.addAll(table.faults()));
    filters.forEach(filter -> faults.addAll(filter.faults()));
    return faults;
  }

  /** Where in the chain a request is; the one allocation that the chain makes for it. */
  private final class Cursor implements FilterChain {
    private final Exchange exchange;
    private final FilterChain container;
    private final boolean continued;
    private final boolean ownPath;
    private int next;

    Cursor(Exchange exchange, FilterChain container, boolean continued, boolean ownPath) {
      this.exchange = exchange;
      this.container = container;
      this.continued = continued;
      this.ownPath = ownPath;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response)
        throws IOException, ServletException {
      HttpServletRequest http = (HttpServletRequest) request;
      HttpServletResponse answer = (HttpServletResponse) response;
      int mine = next;
      try {
        while (next < filters.length) {
          ApiFilter filter = filters[next++];
          if (continued && !filter.runsAgainOn(http.getDispatcherType())) {
            continue;
          }
          // Guards run in this loop rather than one inside the other, to keep the stack flat.
          if (filter instanceof Guard guard) {
            HttpServletRequest admitted = guard.admit(exchange, http, answer);
            if (admitted == null) {
              return;
            }
            http = admitted;
          } else {
            filter.handle(exchange, http, answer, this);
            return;
          }
        }
        dispatch(http, answer);
      } finally {
        next = mine;
      }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      Optional<Handler> handler = exchange.endpoint().flatMap(e -> e.facet(Handler.class));
      if (handler.isEmpty() || !ownPath) {
        container.doFilter(request, response);
        return;
      }
      try {
        handler.get().handle(request, response);
      } catch (IOException | ServletException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new ServletException(e);
      }
    }
  }

  /** Collects the guards of a chain. Not safe for concurrent use. */
  public static final class Builder {
    private final Endpoints endpoints;
    private final List<ApiFilter> filters = new ArrayList<>();
    private final Set<Class<? extends Facet>> enforcedElsewhere = new HashSet<>();
    private LongSupplier nanoTime = System::nanoTime;
    private boolean withoutAccessControl;

    private Builder(Endpoints endpoints) {
      this.endpoints = requireNonNull(endpoints, "endpoints");
    }

    /** Adds a guard or another filter. */
    public Builder with(ApiFilter filter) {
      filters.add(requireNonNull(filter, "filter"));
      return this;
    }

    /** Times with {@code clock}, in nanoseconds; {@link System#nanoTime} without. */
    public Builder nanoTime(LongSupplier clock) {
      nanoTime = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Starts without a guard that authorises. For an application that authorises by other means, or
     * whose every endpoint is public.
     */
    public Builder withoutAccessControl() {
      withoutAccessControl = true;
      return this;
    }

    /** Starts although no guard of this chain enforces facets of {@code type}. */
    public Builder enforcedElsewhere(Class<? extends Facet> type) {
      enforcedElsewhere.add(requireNonNull(type, "type"));
      return this;
    }

    /**
     * The chain.
     *
     * @throws StartupException with every fault of the table, the facets and the guards
     */
    public ApiFilterChain build() {
      List<ApiFilter> all = new ArrayList<>(filters);
      if (all.stream().noneMatch(ProblemFilter.class::isInstance)) {
        all.add(new ProblemFilter());
      }
      if (all.stream().noneMatch(RouteFilter.class::isInstance)) {
        all.add(new RouteFilter(endpoints));
      }
      all.sort(Comparator.comparing(ApiFilter::stage));
      List<Fault> faults = faultsOf(Optional.of(endpoints), all);
      checkTables(all, faults);
      checkAccess(all, faults);
      checkEnforced(all, faults);
      StartupException.throwIfAny(faults);
      return new ApiFilterChain(endpoints, all, nanoTime);
    }

    private void checkTables(List<ApiFilter> all, List<Fault> faults) {
      for (ApiFilter filter : all) {
        if (filter.endpoints().isPresent() && filter.endpoints().get() != endpoints) {
          faults.add(
              new Fault(
                  "filter " + filter.name(),
                  "endpoints",
                  "",
                  "must be the table of the chain",
                  "pass the same Endpoints to the guard and to ApiFilterChain.of"));
        }
      }
    }

    private void checkAccess(List<ApiFilter> all, List<Fault> faults) {
      boolean guarded =
          all.stream().anyMatch(f -> f.stage() == Stage.AUTHORIZE && f instanceof Guard);
      if (!guarded && !withoutAccessControl) {
        faults.add(
            new Fault(
                "chain",
                "guard of stage AUTHORIZE",
                "",
                "is required, and not in shadow",
                "add .with(new AuthorizationFilter(...)), or say .withoutAccessControl()"));
      }
    }

    private void checkEnforced(List<ApiFilter> all, List<Fault> faults) {
      Set<Class<? extends Facet>> enforced = new HashSet<>(enforcedElsewhere);
      all.forEach(filter -> enforced.addAll(filter.enforces()));
      for (Endpoint endpoint : endpoints.all()) {
        for (Facet facet : endpoint.facets()) {
          if (facet.mustBeEnforced() && !enforced.contains(facet.type())) {
            String name = facet.type().getSimpleName();
            faults.add(
                new Fault(
                    endpoint.toString(),
                    name,
                    "",
                    "is declared, and no guard of the chain enforces it",
                    "add the guard for it, or say .enforcedElsewhere(" + name + ".class)"));
          }
        }
      }
    }
  }
}
