package io.sallyport.core.filter;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A filter that asks one question about a request and lets it pass or refuses it.
 *
 * <p>The decision and its enforcement are apart, so that any guard can run {@link #inShadow}: it
 * decides and records its verdict, and enforces nothing. A guard mapped alone finds the endpoint by
 * itself, with the same rules as {@link RouteFilter}.
 */
public abstract class Guard extends ApiFilter {
  private static final ProblemFilter ALONE = new ProblemFilter();

  private final @Nullable Endpoints endpoints;

  /** A guard that reads no facets. */
  protected Guard() {
    this.endpoints = null;
  }

  /** A guard that reads facets of {@code endpoints}. */
  protected Guard(Endpoints endpoints) {
    this.endpoints = requireNonNull(endpoints, "endpoints");
  }

  /**
   * Decides about one request; writes nothing to the response.
   *
   * <p>The exchange has its route where this guard reads facets. A {@link ProblemException} refuses
   * with its problem. Whatever else is thrown means that this guard could not decide: the request
   * is refused, with status 500, and with 503 if the guard says so by a problem.
   *
   * @throws IOException if the request cannot be read
   */
  protected abstract Decision decide(Exchange exchange, HttpServletRequest request)
      throws IOException, ServletException;

  /** This guard deciding and recording its verdicts, without enforcing any. */
  public final ApiFilter inShadow() {
    return new ShadowFilter(this);
  }

  @Override
  public final Optional<Endpoints> endpoints() {
    return Optional.ofNullable(endpoints);
  }

  @Override
  protected final void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest next;
    try {
      next = admit(exchange, request, response);
    } catch (ProblemException e) {
      // Mapped alone, a guard may have no problem filter in front of it.
      ALONE.fail(exchange, response, e);
      return;
    }
    if (next != null) {
      chain.doFilter(next, response);
    }
  }

  /** Decides and enforces; answers the request to go on with, or {@code null} if it ends here. */
  final @Nullable HttpServletRequest admit(
      Exchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    long start = exchange.nanoTime();
    if (!(this instanceof RouteFilter) && !isRouted(exchange, request, response)) {
      return null;
    }
    Decision decision;
    try {
      decision = decide(exchange, request);
    } catch (ProblemException e) {
      Outcome outcome = e.problem().status() >= 500 ? Outcome.FAILED : Outcome.REFUSED;
      record(exchange, outcome, e.problem().type().code(), start);
      throw e;
    } catch (IOException | ServletException | RuntimeException | Error e) {
      record(exchange, Outcome.FAILED, "failed", start);
      throw e;
    }
    Outcome outcome =
        decision.refused()
            ? Outcome.REFUSED
            : decision.answered() ? Outcome.ANSWERED : Outcome.PASSED;
    record(exchange, outcome, decision.reason(), start);
    return enforce(decision, exchange, request, response);
  }

  static @Nullable HttpServletRequest enforce(
      Decision decision,
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<HeaderField> headers = decision.headers();
    for (int i = 0; i < headers.size(); i++) {
      put(headers.get(i), response);
    }
    Problem problem = decision.problem();
    if (problem != null) {
      Refusals.refuse(exchange, response, problem);
      return null;
    }
    if (decision.answered()) {
      response.setStatus(decision.status());
      return null;
    }
    return decision.requestOr(request);
  }

  // Several guards vary the answer, and a cache must know of each: one must not replace another's.
  private static void put(HeaderField field, HttpServletResponse response) {
    if (field.name().equalsIgnoreCase("Vary") || field.name().equalsIgnoreCase("Link")) {
      response.addHeader(field.name(), field.value());
    } else {
      response.setHeader(field.name(), field.value());
    }
  }

  final void record(Exchange exchange, Outcome outcome, String reason, long start) {
    exchange.add(new Verdict(stage(), name(), outcome, reason, exchange.nanoTime() - start));
  }
}
