package io.sallyport.core.filter;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers an async request that times out or fails after its handler has returned. */
final class AsyncProblems implements AsyncListener {
  private static final Problem TOO_LATE = Problem.of(ProblemType.UNAVAILABLE);

  private static final String CUT = AsyncProblems.class.getName() + ".cut";

  private final ProblemFilter filter;
  private final Exchange exchange;

  AsyncProblems(ProblemFilter filter, Exchange exchange) {
    this.filter = filter;
    this.exchange = exchange;
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    if (event.getSuppliedResponse().isCommitted()) {
      breakOff(event);
    } else {
      answer(event, new ProblemException(TOO_LATE));
    }
  }

  /**
   * Breaks off a stream that took too long. Completed, it would end as if it were whole; thrown
   * from here, the container would only log it. So it is dispatched, and thrown from there.
   */
  private static void breakOff(AsyncEvent event) {
    try {
      event.getSuppliedRequest().setAttribute(CUT, true);
      event.getAsyncContext().dispatch();
    } catch (IllegalStateException e) {
      // A listener of the handler's has answered the timeout, and completed.
      event.getSuppliedRequest().removeAttribute(CUT);
    }
  }

  /** Throws if {@code request} was dispatched only to be broken off. */
  static void throwIfCut(ServletRequest request) throws IOException {
    if (request.getAttribute(CUT) != null) {
      throw new IOException("timed out after the response was committed");
    }
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
