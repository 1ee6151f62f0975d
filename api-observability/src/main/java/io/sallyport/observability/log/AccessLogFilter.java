package io.sallyport.observability.log;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Writes one access log entry for each request, refused ones included, once it is answered; and
 * gives the request an id, in the MDC under {@link #MDC_KEY} and in the field {@code X-Request-Id}
 * of every response.
 *
 * <p>An {@code X-Request-Id} that the client sends is ignored: it could be another request's, or
 * text made to mislead whoever reads the log. The MDC holds for the threads on which the container
 * runs the request; what an application starts of its own it must tell. Fails open: nothing that
 * goes wrong in here reaches the request.
 */
public final class AccessLogFilter extends ApiFilter {
  /** Where the MDC has the id of the exchange. */
  public static final String MDC_KEY = "exchangeId";

  private static final String ATTRIBUTE = AccessLogFilter.class.getName();

  private final EntryWriter writer;
  private final InstantSource clock;

  /** Writes to {@link AccessLogSink#slf4j()}. */
  public AccessLogFilter() {
    this(AccessLogSink.slf4j(), InstantSource.system());
  }

  /** Writes to {@code sink}, with the time from {@code clock}. */
  public AccessLogFilter(AccessLogSink sink, InstantSource clock) {
    this.writer = new EntryWriter(requireNonNull(sink, "sink"));
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public Stage stage() {
    return Stage.OBSERVE;
  }

  @Override
  public String name() {
    return "access-log";
  }

  @Override
  protected boolean runsAgainOn(DispatcherType type) {
    return type == DispatcherType.ASYNC || type == DispatcherType.ERROR;
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    CorrelationId scope = CorrelationId.begin(exchange.id());
    try {
      HttpServletResponse identified = new IdentifiedResponse(response, exchange.id());
      // A dispatch that continues the request belongs to the entry that is open already.
      if (request.getAttribute(ATTRIBUTE) != null) {
        chain.doFilter(request, identified);
        return;
      }
      CompletionListener entry =
          new CompletionListener(exchange, clock.instant(), response, writer);
      request.setAttribute(ATTRIBUTE, entry);
      observe(entry, request, identified, chain);
    } finally {
      scope.end();
    }
  }

  private static void observe(
      CompletionListener entry,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    boolean returned = false;
    try {
      chain.doFilter(request, response);
      returned = true;
    } finally {
      if (!returned) {
        entry.broken();
      } else if (!request.isAsyncStarted() || !entry.follow(request)) {
        entry.complete();
      }
    }
  }
}
