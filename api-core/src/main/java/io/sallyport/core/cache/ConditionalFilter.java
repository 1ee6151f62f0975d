package io.sallyport.core.cache;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.recording.Recording;
import io.sallyport.core.recording.RecordingResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Enforces {@link Conditional}: refuses an unconditional write with 428, and gives reads a tag.
 *
 * <p>Whether the condition holds only the handler can tell, inside its transaction. A write that
 * succeeds without having asked {@link ConditionalRequest#check} is a handler that lost an update:
 * it is answered 500, so that the mistake shows in its first test.
 */
public final class ConditionalFilter extends ApiFilter {
  private static final Problem REQUIRED = Problem.of(ProblemType.PRECONDITION_REQUIRED);
  // A write's answer is not replayed, so nothing of it is kept beyond what its status needs.
  private static final int HELD_OF_A_WRITE = 64 * 1024;

  private final Endpoints endpoints;

  /** Enforces the conditions of {@code endpoints}. */
  public ConditionalFilter(Endpoints endpoints) {
    this.endpoints = java.util.Objects.requireNonNull(endpoints, "endpoints");
  }

  @Override
  public Stage stage() {
    return Stage.CACHE;
  }

  @Override
  public String name() {
    return "conditional";
  }

  @Override
  public Optional<Endpoints> endpoints() {
    return Optional.of(endpoints);
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(Conditional.class);
  }

  @Override
  protected boolean runsAgainOn(DispatcherType type) {
    return type == DispatcherType.ASYNC;
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      if (!RecordingResponse.resume(ConditionalFilter.class, request, response, chain)) {
        chain.doFilter(request, response);
      }
      return;
    }
    if (!isRouted(exchange, request, response)) {
      return;
    }
    Optional<Conditional> facet = exchange.endpoint().flatMap(e -> e.facet(Conditional.class));
    if (facet.isEmpty()) {
      chain.doFilter(request, response);
    } else if (facet.get().mode() == Conditional.Mode.COMPUTED) {
      int maxBytes = facet.get().maxBytes();
      record(exchange, Outcome.PASSED, "computed");
      RecordingResponse.holding(
              response, exchange, maxBytes, (whole, held) -> validate(request, whole, held))
          .run(ConditionalFilter.class, request, chain);
    } else {
      requireCondition(exchange, request, response, chain);
    }
  }

  private void requireCondition(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Preconditions preconditions = ConditionalRequest.of(request).preconditions();
    if (!preconditions.namesVersion() && !preconditions.createsOnly()) {
      record(exchange, Outcome.REFUSED, REQUIRED.type().code());
      throw new ProblemException(REQUIRED);
    }
    record(exchange, Outcome.PASSED, "pass");
    RecordingResponse.holding(
            response,
            exchange,
            HELD_OF_A_WRITE,
            (whole, held) -> insistOnCheck(request, whole, held))
        .run(ConditionalFilter.class, request, chain);
  }

  private static void insistOnCheck(
      HttpServletRequest request, Recording recording, RecordingResponse held) {
    if (recording instanceof Recording.Complete whole
        && whole.status() < 300
        && held.isHeld()
        && !ConditionalRequest.wasChecked(request)) {
      throw new IllegalStateException(
          "a handler with Conditional.required() must call ConditionalRequest.of(request).check");
    }
  }

  private static void validate(
      HttpServletRequest request, Recording recording, RecordingResponse held) {
    if (recording instanceof Recording.Complete whole
        && whole.status() == HttpServletResponse.SC_OK
        && held.isHeld()) {
      Recording.Complete tagged = Tagging.tagged(whole, request.getMethod());
      held.replaceBy(NotModified.unlessChanged(ConditionalRequest.of(request), tagged));
    }
  }

  private void record(Exchange exchange, Outcome outcome, String reason) {
    exchange.add(new Verdict(stage(), name(), outcome, reason, 0));
  }
}
