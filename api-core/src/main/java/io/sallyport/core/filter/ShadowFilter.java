package io.sallyport.core.filter;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A guard that decides and does not enforce; not even its own failure ends a request. */
final class ShadowFilter extends ApiFilter {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowFilter.class);

  private final Guard guard;

  ShadowFilter(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Stage stage() {
    return guard.stage();
  }

  @Override
  public String name() {
    return guard.name();
  }

  @Override
  public Optional<Endpoints> endpoints() {
    return guard.endpoints();
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return guard.enforces();
  }

  @Override
  public List<Fault> faults() {
    return guard.faults();
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(observe(exchange, request), response);
  }

  private HttpServletRequest observe(Exchange exchange, HttpServletRequest request) {
    long start = exchange.nanoTime();
    try {
      // Found and not enforced; whoever enforces next decides by the same route.
      guard.endpoints().ifPresent(table -> Routing.routeOnce(table, exchange, request));
      Decision decision = guard.decide(exchange, request);
      Outcome outcome = decision.refused() ? Outcome.SHADOW_REFUSED : Outcome.PASSED;
      guard.record(exchange, outcome, decision.reason(), start);
      // A guard that read the body hands on a request whose body can be read again.
      return decision.requestOr(request);
    } catch (ProblemException e) {
      Outcome outcome =
          e.problem().status() >= 500 ? Outcome.SHADOW_FAILED : Outcome.SHADOW_REFUSED;
      guard.record(exchange, outcome, e.problem().type().code(), start);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      guard.record(exchange, Outcome.SHADOW_FAILED, "failed", start);
      LOG.warn("guard {} failed in shadow, exchange {}", guard.name(), exchange.id(), e);
    }
    return request;
  }
}
