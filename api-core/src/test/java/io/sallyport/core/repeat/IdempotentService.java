package io.sallyport.core.repeat;

import static io.sallyport.core.filter.Handler.handledBy;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.filter.ProblemFilter;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.idempotency.IdempotencyFilter;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.testing.FakeClock;
import io.sallyport.core.testing.FakeNanoTime;
import io.sallyport.core.testing.JettyServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Jetty with endpoints that take keys, which counts what its handlers did. */
final class IdempotentService {
  final FakeClock clock = new FakeClock();
  final FailingStore store =
      new FailingStore(ExpiringStore.inMemory(10_000, 8L << 20, new FakeNanoTime()));
  final IdempotencyRecords records = new IdempotencyRecords(store, clock);
  final AtomicInteger effects = new AtomicInteger();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable JettyServer server;

  /** Adds an endpoint whose handler has an effect and then does the rest. */
  IdempotentService post(String path, Idempotency facet, Handler handler) {
    endpoints.add(counted(Endpoint.post(path), facet, handler));
    return this;
  }

  IdempotentService put(String path, Idempotency facet, Handler handler) {
    endpoints.add(counted(Endpoint.put(path), facet, handler));
    return this;
  }

  private Endpoint counted(Endpoint endpoint, Idempotency facet, Handler handler) {
    return endpoint
        .with(facet)
        .with(
            handledBy(
                (request, response) -> {
                  effects.incrementAndGet();
                  handler.handle(request, response);
                }));
  }

  IdempotentService start() throws Exception {
    return start(new ProblemFilter());
  }

  IdempotentService start(ProblemFilter problems) throws Exception {
    Endpoints table = Endpoints.of(endpoints.toArray(new Endpoint[0]));
    IdempotencyFilter filter =
        IdempotencyFilter.of(table, records)
            .problems(problems)
            .scopedBy("tenant")
            .joining(connection -> store)
            .build();
    server =
        new JettyServer("/")
            .filter(
                ApiFilterChain.of(table)
                    .with(problems)
                    .with(new UserFilter())
                    .with(filter)
                    .withoutAccessControl()
                    .build())
            .start();
    return this;
  }

  void stop() throws Exception {
    server().stop();
  }

  JettyServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  HttpResponse<String> send(String path, String body, String... headers) throws Exception {
    return sendAsync("POST", path, body, headers).join();
  }

  CompletableFuture<HttpResponse<String>> sendAsync(
      String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server().port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    boolean user = List.of(headers).contains("X-User");
    if (!user) {
      request.header("X-User", "ann");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static void created(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(201);
    response.setContentType("application/json");
    response.setHeader("Location", "/payments/1");
    response
        .getOutputStream()
        .write("{\"id\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Believes a field; what sets limits and headers before the records are asked. */
  private static final class UserFilter extends Guard {
    @Override
    public Stage stage() {
      return Stage.AUTHENTICATE;
    }

    @Override
    public String name() {
      return "user";
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      String user = request.getHeader("X-User");
      if ("nobody".equals(user)) {
        return Decision.pass();
      }
      if ("banned".equals(user)) {
        return Decision.refuse(Problem.of(ProblemType.FORBIDDEN));
      }
      String tenant = Optional.ofNullable(request.getHeader("X-Tenant")).orElse("acme");
      exchange.authenticated(new Caller(user, "test", Set.of(), Map.of("tenant", tenant)), request);
      return Decision.pass().header("X-Guard", "per-request-" + exchange.id());
    }
  }
}
