package io.sallyport.core.filter;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers an async request that times out or fails after its handler has returned. */
final class AsyncProblems implements AsyncListener {
  private static final Problem TOO_LATE = Problem.of(ProblemType.UNAVAILABLE);

  private final ProblemFilter filter;
  private final Exchange exchange;

  AsyncProblems(ProblemFilter filter, Exchange exchange) {
    this.filter = filter;
    this.exchange = exchange;
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    answer(event, new ProblemException(TOO_LATE));
  }

  @Override
  public void onError(AsyncEvent event) throws IOException {
    answer(event, event.getThrowable());
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // Nothing to answer: the handler has.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event
        .getAsyncContext()
        .addListener(this, event.getSuppliedRequest(), event.getSuppliedResponse());
  }

  private void answer(AsyncEvent event, Throwable thrown) throws IOException {
    try {
      filter.fail(exchange, (HttpServletResponse) event.getSuppliedResponse(), thrown);
    } catch (ServletException e) {
      throw new IOException(e);
    } finally {
      event.getAsyncContext().complete();
    }
  }
}
