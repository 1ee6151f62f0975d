package io.sallyport.examples.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
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
 * One request over a kept connection to an embedded Jetty: the bare servlet, and the same servlet
 * behind the whole chain. The difference is what the guards cost.
 *
 * <p>Run it with {@code -prof gc}, for the bytes allocated, and {@code -prof
 * io.sallyport.examples.benchmarks.ProcessCpuProfiler}, for the CPU time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ChainBenchmark {
  /** What stands in front of the servlet. */
  @Param({"bare", "guarded"})
  public String server = "bare";

  private @Nullable BenchmarkServer running;
  private @Nullable KeepAliveClient client;

  /** Starts the server and connects to it. */
  @Setup
  public void start() throws Exception {
    BenchmarkServer started = BenchmarkServer.start(server.equals("guarded"));
    running = started;
    client = new KeepAliveClient(started.port(), started.request());
  }

  /** Ends both. */
  @TearDown
  public void stop() throws Exception {
    requireNonNull(client).close();
    requireNonNull(running).close();
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
}
