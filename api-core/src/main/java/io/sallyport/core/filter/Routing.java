package io.sallyport.core.filter;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.MalformedPathException.Reason;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.endpoint.SafePath;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a request, once, and refuses what leads to none. */
final class Routing {
  private static final Problem MALFORMED = Problem.of(ProblemType.MALFORMED_PATH);
  private static final Problem NOT_FOUND = Problem.of(ProblemType.NOT_FOUND);

  private Routing() {}

  /**
   * Decides by the route of the exchange, which is found now if it is not known. That it is known
   * does not mean that it was enforced: a guard in shadow may have been the first to ask.
   */
  static Decision decide(Endpoints endpoints, Exchange exchange, HttpServletRequest request) {
    return decide(endpoints, routeOnce(endpoints, exchange, request));
  }

  /** The route of the exchange, found now if it is not known. */
  static Route routeOnce(Endpoints endpoints, Exchange exchange, HttpServletRequest request) {
    Route known = exchange.route().orElse(null);
    if (known != null) {
      return known;
    }
    Route found = route(endpoints, request);
    exchange.route(found);
    return found;
  }

  private static Decision decide(Endpoints endpoints, Route route) {
    if (route instanceof Route.Matched) {
      return Decision.pass();
    } else if (route instanceof Route.Malformed malformed) {
      return Decision.refuse(MALFORMED).because(malformed.reason().code());
    } else if (route instanceof Route.Options options) {
      return Decision.answer(204).header("Allow", options.allow()).because("options");
    } else if (route instanceof Route.MethodNotAllowed refused) {
      Problem problem = Problem.of(ProblemType.METHOD_NOT_ALLOWED);
      return Decision.refuse(problem.header("Allow", refused.allow()));
    }
    return endpoints.letsUndeclaredPass()
        ? Decision.pass().because("undeclared")
        : Decision.refuse(NOT_FOUND);
  }

  private static Route route(Endpoints endpoints, HttpServletRequest request) {
    String rawPath = belowContext(request.getRequestURI(), request.getContextPath());
    Route route = endpoints.route(request.getMethod(), rawPath);
    SafePath path =
        route instanceof Route.Matched matched
            ? matched.path()
            : route instanceof Route.Undeclared undeclared ? undeclared.path() : null;
    // The container picks the servlet by its own decoding. Where the two differ, what was
    // authorised would not be what is dispatched.
    return path == null || agrees(path, request) ? route : disagrees();
  }

  private static Route disagrees() {
    return new Route.Malformed(Reason.CONTAINER_DISAGREES);
  }

  private static boolean agrees(SafePath path, HttpServletRequest request) {
    try {
      @Nullable String info = request.getPathInfo();
      String servletPath = request.getServletPath();
      String whole = info == null ? servletPath : servletPath + info;
      // Empty where the request names the context and no more: that is its root.
      return path.isDecodedTo(whole.isEmpty() ? "/" : whole);
    } catch (IllegalArgumentException | IllegalStateException e) {
      // Jetty refuses to decode an ambiguous path: no agreement, then.
      return false;
    }
  }

  /**
   * The raw path below the context path; not absolute, and so refused, where it is not below it.
   */
  static String belowContext(String uri, String contextPath) {
    if (!uri.startsWith(contextPath)) {
      return "";
    }
    return uri.length() == contextPath.length() && !contextPath.isEmpty()
        ? "/"
        : uri.substring(contextPath.length());
  }
}
