package io.sallyport.core.filter;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemResponse;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Answers {@code sendError} with a problem; the message given to it is dropped, it may leak. */
final class ProblemResponseWrapper extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private final Exchange exchange;

  ProblemResponseWrapper(HttpServletResponse response, Exchange exchange) {
    super(response);
    this.response = response;
    this.exchange = exchange;
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    sendError(status);
  }

  @Override
  public void sendError(int status) throws IOException {
    if (response.isCommitted()) {
      throw new IllegalStateException("sendError after the response was committed");
    }
    Problem problem = Problem.of(ProblemType.forStatus(status));
    exchange.answeredWith(problem, null);
    ProblemResponse.write(response, problem, exchange.id());
    // Closed, so that what a handler still writes is not appended to the problem.
    response.getOutputStream().close();
  }
}
