package io.sallyport.observability.log;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** The entry of a request that is not answered yet; written once, by whoever comes first. */
final class CompletionListener implements AsyncListener {
  private static final int INTERNAL_ERROR = 500;

  private final Exchange exchange;
  private final Instant time;
  private final HttpServletResponse response;
  private final EntryWriter writer;
  private final AtomicBoolean written = new AtomicBoolean();

  CompletionListener(
      Exchange exchange, Instant time, HttpServletResponse response, EntryWriter writer) {
    this.exchange = exchange;
    this.time = time;
    this.response = response;
    this.writer = writer;
  }

  /** Writes the entry of a request that was answered. */
  void complete() {
    // A failure after the response was committed leaves its first status, which is not the truth.
    write(
        exchange.failure().isPresent()
            ? statusOfProblem(response.getStatus())
            : response.getStatus());
  }

  /** Writes the entry of a request that ended with an exception which nobody answered. */
  void broken() {
    write(statusOfProblem(INTERNAL_ERROR));
  }

  /** Writes the entry when async processing ends; {@code false} if it has ended already. */
  boolean follow(HttpServletRequest request) {
    try {
      request.getAsyncContext().addListener(this);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private int statusOfProblem(int otherwise) {
    return exchange.problem().map(Problem::status).orElse(otherwise);
  }

  private void write(int status) {
    if (written.compareAndSet(false, true)) {
      writer.write(exchange, time, status);
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    CorrelationId scope = CorrelationId.begin(exchange.id());
    try {
      complete();
    } finally {
      scope.end();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // Completion follows.
  }

  @Override
  public void onError(AsyncEvent event) {
    // Completion follows.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Listeners are forgotten when a dispatch starts async processing anew.
    event.getAsyncContext().addListener(this);
  }
}
