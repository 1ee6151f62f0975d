package io.sallyport.examples.benchmarks;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Route;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Cost of checking and matching one path, for tables of growing size, beside doing nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EndpointMatchBenchmark {
  private static final int PATHS = 1024;

  /** How many endpoints are declared. */
  @Param({"10", "1000", "10000"})
  public int endpoints;

  private Endpoints table = Endpoints.of();
  private final String[] paths = new String[PATHS];
  private int next;

  /** Declares the table, and picks paths spread over all of it. */
  @Setup
  public void declare() {
    Endpoint[] declared = new Endpoint[endpoints];
    for (int i = 0; i < endpoints; i++) {
      declared[i] = Endpoint.get("/v1/tenants/{tenant}/resource" + i + "/{id}");
    }
    table = Endpoints.of(declared);
    for (int i = 0; i < PATHS; i++) {
      int resource = (int) ((long) i * endpoints / PATHS);
      paths[i] = "/v1/tenants/acme/resource" + resource + "/0190b2f1-7c1e-7aa0-9d5e-" + i;
    }
  }

  /** The loop and the choice of a path alone. */
  @Benchmark
  public String nothing() {
    return paths[next++ & (PATHS - 1)];
  }

  /** A path that leads to an endpoint. */
  @Benchmark
  public Route match() {
    return table.route("GET", paths[next++ & (PATHS - 1)]);
  }
}
