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
final class Redispatch {
  private Redispatch() {}

  static boolean mayContinue(
      Optional<Endpoints> endpoints, Exchange exchange, HttpServletRequest request) {
    // An error page is rendered for a request that failed; the problem filter answers before it.
    if (endpoints.isEmpty() || request.getDispatcherType() == DispatcherType.ERROR) {
      return true;
    }
    String target = target(request);
    Route route = endpoints.get().route(exchange.method(), target);
    if (route instanceof Route.Undeclared) {
      return true;
    }
    return route instanceof Route.Matched next
        && exchange.match().isPresent()
        && exchange.match().get().endpoint() == next.endpoint()
        && exchange.match().get().path().segments().equals(next.path().segments());
  }

  private static String target(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE
        && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) instanceof String uri) {
      return Routing.belowContext(uri, request.getContextPath());
    }
    return Routing.belowContext(request.getRequestURI(), request.getContextPath());
  }
}
