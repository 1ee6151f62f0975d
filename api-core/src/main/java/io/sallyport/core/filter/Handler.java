package io.sallyport.core.filter;

import io.sallyport.core.endpoint.Facet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The handler of an endpoint that carries its own: {@code
 * get("/v1/ping").with(handledBy(this::ping))}. Endpoints without one leave the request to whatever
 * servlet or framework stands behind the filters.
 *
 * <p>Must be safe for concurrent use.
 */
@FunctionalInterface
public interface Handler extends Facet {
  /**
   * Answers the request. A {@link io.sallyport.core.problem.ProblemException} answers with its
   * problem, anything else thrown with 500.
   */
  void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;

  /** A facet of {@code handler}, usually a method reference. */
  static Handler handledBy(Handler handler) {
    return handler;
  }

  @Override
  default Class<? extends Facet> type() {
    return Handler.class;
  }

  @Override
  default boolean mustBeEnforced() {
    return false;
  }
}
