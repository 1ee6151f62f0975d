package io.sallyport.core.filter;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.exchange.Exchange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Whether a forward, an include or an async dispatch may go where it wants to.
 *
 * <p>The guards decided about one path. A dispatch to the same path continues that request, and one
 * to a path that no client can reach, such as a page template, renders its answer. A dispatch to
 * the path of any other declared resource would run it without its own guards, so it is refused.
 */
enum Redispatch {
  /** To the path that was decided about: continues that request. */
  TO_ITSELF,
  /** To what no client can reach, or to an error page: renders the answer. */
  TO_A_PAGE,
  /** To another declared resource: refused. */
  TO_ANOTHER_ENDPOINT;

  static Redispatch of(
      Optional<Endpoints> endpoints, Exchange exchange, HttpServletRequest request) {
    // An error page is rendered for a request that failed; the problem filter answers before it.
    if (endpoints.isEmpty() || request.getDispatcherType() == DispatcherType.ERROR) {
      return TO_A_PAGE;
    }
    Route route = endpoints.get().route(exchange.method(), target(request));
    if (route instanceof Route.Undeclared) {
      return TO_A_PAGE;
    }
    boolean same =
        route instanceof Route.Matched next
            && exchange.match().isPresent()
            && exchange.match().get().endpoint() == next.endpoint()
            && exchange.match().get().path().segments().equals(next.path().segments());
    return same ? TO_ITSELF : TO_ANOTHER_ENDPOINT;
  }

  private static String target(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE
        && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) instanceof String uri) {
      return Routing.belowContext(uri, request.getContextPath());
    }
    return Routing.belowContext(request.getRequestURI(), request.getContextPath());
  }
}
