package io.sallyport.examples.benchmarks;

import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.filter.Handler.handledBy;
import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.idempotency.IdempotencyFilter;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.store.ExpiringStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One {@code POST} over a kept connection to an embedded Jetty: a chain that only routes, the same
 * chain with idempotency keys in the memory store and a new key each time, and a replay.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class IdempotencyBenchmark {
  private static final int KEY_DIGITS = 16;
  private static final byte[] ANSWER =
      "{\"id\":\"0190b2f1-7c1e-7aa0-9d5e-3b1f6d2a4c55\",\"state\":\"created\",\"total\":129900}"
          .getBytes(StandardCharsets.UTF_8);

  /** What is asked for: no guard, a first request each time, or repetitions of one. */
  @Param({"unguarded", "first", "replay"})
  public String request = "unguarded";

  private @Nullable Server running;
  private @Nullable KeepAliveClient client;
  private byte[] bytes = {};
  private int keyAt;
  private long key;

  /** Starts the server and connects to it. */
  @Setup
  public void start() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ApiFilterChain chain = chain(!request.equals("unguarded"));
    context.addServletContainerInitializer((classes, servlets) -> chain.addTo(servlets));
    server.setHandler(context);
    server.start();
    running = server;
    String text = text();
    bytes = text.getBytes(StandardCharsets.US_ASCII);
    keyAt = text.indexOf("Key: \"") + "Key: \"".length();
    client = new KeepAliveClient(connector.getLocalPort(), text);
  }

  private static ApiFilterChain chain(boolean guarded) {
    Endpoint payments = post("/payments").with(handledBy(IdempotencyBenchmark::pay));
    if (!guarded) {
      return ApiFilterChain.of(Endpoints.of(payments)).withoutAccessControl().build();
    }
    // Short-lived, so that the store holds what a busy node's would, and does not fill up.
    Idempotency facet =
        Idempotency.required()
            .allowAnonymousCallers()
            .lease(Duration.ofSeconds(1))
            .lifetime(Duration.ofSeconds(3));
    Endpoints endpoints = Endpoints.of(payments.with(facet));
    IdempotencyRecords records =
        new IdempotencyRecords(
            ExpiringStore.inMemory(1_000_000, 512L << 20, System::nanoTime),
            InstantSource.system());
    return ApiFilterChain.of(endpoints)
        .with(IdempotencyFilter.of(endpoints, records).build())
        .withoutAccessControl()
        .build();
  }

  private static void pay(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getInputStream().readAllBytes();
    response.setStatus(201);
    response.setContentType("application/json");
    response.getOutputStream().write(ANSWER);
  }

  private static String text() {
    String body = "{\"invoice\":\"0190b2f1-7c1e-7aa0-9d5e-3b1f6d2a4c55\",\"amount\":129900}";
    return "POST /payments HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        + "Idempotency-Key: \""
        + "0".repeat(KEY_DIGITS)
        + "\"\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Ends both. */
  @TearDown
  public void stop() throws Exception {
    requireNonNull(client).close();
    requireNonNull(running).stop();
  }

  /** A request with its answer. */
  @Benchmark
  public int exchange() throws Exception {
    if (request.equals("first")) {
      String next = String.format(Locale.ROOT, "%0" + KEY_DIGITS + "x", key++);
      System.arraycopy(next.getBytes(StandardCharsets.US_ASCII), 0, bytes, keyAt, KEY_DIGITS);
    }
    int status = requireNonNull(client).exchange(bytes);
    if (status != 201) {
      throw new IllegalStateException("the server answered " + status);
    }
    return status;
  }
}
