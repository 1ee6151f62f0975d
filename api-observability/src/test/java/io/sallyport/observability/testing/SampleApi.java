package io.sallyport.observability.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.filter.Handler.handledBy;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.observability.log.AccessLogFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.slf4j.MDC;

/** An application that answers in every way there is. */
final class SampleApi {
  private SampleApi() {}

  static final Endpoints ENDPOINTS =
      Endpoints.of(
          get("/v1/items/{id}").id("getItem").with(handledBy(SampleApi::item)),
          get("/v1/mdc").id("mdc").with(handledBy(SampleApi::mdc)),
          get("/v1/reset").id("reset").with(handledBy(SampleApi::reset)),
          get("/v1/broken").id("broken").with(handledBy(SampleApi::broken)),
          get("/v1/send-error").id("sendError").with(handledBy((q, a) -> a.sendError(409, "x"))),
          get("/v1/committed").id("committed").with(handledBy(SampleApi::committed)),
          get("/v1/endless").id("endless").with(handledBy(SampleApi::endless)),
          get("/v1/async").id("async").with(handledBy(SampleApi::async)),
          get("/v1/async-dispatch").id("asyncDispatch").with(handledBy(SampleApi::dispatch)),
          get("/v1/async-timeout").id("asyncTimeout").with(handledBy(SampleApi::timeout)));

  static ApiFilterChain chain(AccessLogFilter log) {
    return chainOf(log);
  }

  static ApiFilterChain chainOf(ApiFilter... more) {
    ApiFilterChain.Builder builder =
        ApiFilterChain.of(ENDPOINTS).withoutAccessControl().with(new CallerFromHeader());
    for (ApiFilter filter : more) {
      builder.with(filter);
    }
    return builder.build();
  }

  private static void item(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().write("an item");
  }

  private static void mdc(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().write(String.valueOf(MDC.get("exchangeId")));
  }

  private static void reset(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Request-Id", "forged by the handler");
    response.reset();
    response.setStatus(202);
  }

  private static void broken(HttpServletRequest request, HttpServletResponse response) {
    throw new IllegalStateException("broken on purpose");
  }

  private static void committed(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().write("half of");
    response.flushBuffer();
    throw new IllegalStateException("broken on purpose, late");
  }

  private static void endless(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] block = new byte[65_536];
    while (true) {
      response.getOutputStream().write(block);
      response.flushBuffer();
    }
  }

  private static void async(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    async.start(
        () -> {
          response.setStatus(201);
          async.complete();
        });
  }

  private static void dispatch(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      request.startAsync().dispatch();
    } else {
      mdc(request, response);
    }
  }

  private static void timeout(HttpServletRequest request, HttpServletResponse response) {
    request.startAsync().setTimeout(250); // Jetty loses a shorter one now and then
  }

  /** Stands in for authentication. */
  private static final class CallerFromHeader extends Guard {
    @Override
    public Stage stage() {
      return Stage.AUTHENTICATE;
    }

    @Override
    public String name() {
      return "test-caller";
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      if (request.getHeader("Authorization") != null) {
        exchange.authenticated(
            new Caller("ann", "https://idp.example", Set.of(), Map.of()), request);
      }
      return Decision.pass();
    }
  }
}
