package io.sallyport.core.filter;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A servlet filter with a place in the journey of a request.
 *
 * <p>It works when mapped alone and in an {@link ApiFilterChain}. Extend {@link Guard} for whatever
 * decides; extend this class only for what must wrap the rest of the chain, such as a log.
 * Implementations are immutable and safe for concurrent use; map them with async support.
 */
public abstract class ApiFilter implements Filter {
  /** The stage in which this filter runs. */
  public abstract Stage stage();

  /** The name of this filter in verdicts and logs: lower-case words and hyphens. */
  public abstract String name();

  /** The endpoint table that this filter reads, if it reads one. */
  public Optional<Endpoints> endpoints() {
    return Optional.empty();
  }

  /** The facets that this filter enforces. */
  public Set<Class<? extends Facet>> enforces() {
    return Set.of();
  }

  /** What is wrong with this filter's configuration or with its facets; empty when nothing is. */
  public List<Fault> faults() {
    return List.of();
  }

  /**
   * Whether this filter also runs on a dispatch of {@code type} that continues a request it has
   * seen already. Guards do not: what was decided stays decided.
   */
  protected boolean runsAgainOn(DispatcherType type) {
    return false;
  }

  /** Does the work of this filter, and calls {@code chain} at most once. */
  protected abstract void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException;

  /**
   * Fails when this filter or its table has faults, so that a filter mapped alone never serves from
   * a faulty configuration.
   *
   * @throws StartupException with every fault
   */
  @Override
  public void init(FilterConfig config) {
    StartupException.throwIfAny(ApiFilterChain.faultsOf(endpoints(), List.of(this)));
  }

  @Override
  public final void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("only HTTP can be guarded");
    }
    boolean seen = Exchange.find(request).isPresent();
    Exchange exchange = Exchange.begin(http, System::nanoTime);
    if (seen && http.getDispatcherType() != DispatcherType.REQUEST) {
      continued(exchange, http, answer, chain);
    } else {
      handle(exchange, http, answer, chain);
    }
  }

  /**
   * Finds the endpoint of the request in the table of this filter, by the same rules as {@link
   * RouteFilter}, so that a filter mapped alone has it. Answers where there is none to go on with.
   *
   * @return whether the request may go on
   */
  protected final boolean isRouted(
      Exchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Endpoints> table = endpoints();
    if (table.isEmpty()) {
      return true;
    }
    long start = exchange.nanoTime();
    // Asked even where the route is known: a guard in shadow finds it and does not enforce it.
    Decision routed = Routing.decide(table.get(), exchange, request);
    if (!routed.refused() && !routed.answered()) {
      return true;
    }
    Outcome outcome = routed.refused() ? Outcome.REFUSED : Outcome.ANSWERED;
    long nanos = exchange.nanoTime() - start;
    exchange.add(new Verdict(Stage.ROUTE, "route", outcome, routed.reason(), nanos));
    Guard.enforce(routed, exchange, request, response);
    return false;
  }

  private void continued(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (Redispatch.of(endpoints(), exchange, request) == Redispatch.TO_ANOTHER_ENDPOINT) {
      Refusals.refuseRedispatch(exchange, response);
    } else if (runsAgainOn(request.getDispatcherType())) {
      handle(exchange, request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }
}
