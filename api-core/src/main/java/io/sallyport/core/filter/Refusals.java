package io.sallyport.core.filter;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemResponse;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a request with a problem, in the response and in the exchange. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  static void refuse(Exchange exchange, HttpServletResponse response, Problem problem)
      throws IOException {
    exchange.answeredWith(problem, null);
    ProblemResponse.write(response, problem, exchange.id());
  }

  /** Ends a dispatch that would run another endpoint than the one that was authorised. */
  static void refuseRedispatch(Exchange exchange, HttpServletResponse response) throws IOException {
    LOG.warn(
        "refused a dispatch from {} to the path of another endpoint, exchange {}",
        exchange.template(),
        exchange.id());
    if (!response.isCommitted()) {
      refuse(exchange, response, Problem.of(ProblemType.NOT_FOUND));
    }
  }
}
