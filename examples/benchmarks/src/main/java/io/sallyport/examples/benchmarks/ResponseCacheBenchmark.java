package io.sallyport.examples.benchmarks;

import static io.sallyport.core.endpoint.Endpoint.get;
import static java.util.Objects.requireNonNull;

import io.sallyport.core.cache.ResponseCache;
import io.sallyport.core.cache.ResponseCacheFilter;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
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
 * One request for 2 KB over a kept connection to an embedded Jetty: the bare servlet, the servlet
 * behind a chain that only routes, and a hit of the response cache in that chain. The servlet does
 * nothing but write, so this is what a hit costs, not what it saves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ResponseCacheBenchmark {
  /** What stands in front of the servlet. */
  @Param({"bare", "chain", "hit"})
  public String server = "bare";

  private @Nullable Server running;
  private @Nullable KeepAliveClient client;

  /** Starts the server and connects to it. */
  @Setup
  public void start() throws Exception {
    Server started = new Server();
    ServerConnector connector = new ServerConnector(started);
    connector.setHost("127.0.0.1");
    started.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new Report()), "/");
    if (!server.equals("bare")) {
      ApiFilterChain chain = chain(server.equals("hit"));
      context.addServletContainerInitializer((classes, servlets) -> chain.addTo(servlets));
    }
    started.setHandler(context);
    started.start();
    running = started;
    client =
        new KeepAliveClient(
            connector.getLocalPort(),
            "GET /v1/report?from=2026-01&to=2026-02 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  }

  private static ApiFilterChain chain(boolean cached) {
    Endpoints endpoints =
        cached
            ? Endpoints.of(get("/v1/report").with(ResponseCache.lasting(Duration.ofDays(1))))
            : Endpoints.of(get("/v1/report"));
    ApiFilterChain.Builder builder = ApiFilterChain.of(endpoints).withoutAccessControl();
    return cached
        ? builder.with(ResponseCacheFilter.of(endpoints).build()).build()
        : builder.build();
  }

  /** Ends both. */
  @TearDown
  public void stop() throws Exception {
    requireNonNull(client).close();
    requireNonNull(running).stop();
  }

  /** A request with its answer. */
  @Benchmark
  public int request() throws Exception {
    int status = requireNonNull(client).exchange();
    if (status != 200) {
      throw new IllegalStateException("the server answered " + status);
    }
    return status;
  }

  private static final class Report extends HttpServlet {
    private static final byte[] BODY =
        ("{\"text\":\"" + "x".repeat(2000) + "\"}").getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response.setContentLength(BODY.length);
      response.getOutputStream().write(BODY);
    }
  }
}
