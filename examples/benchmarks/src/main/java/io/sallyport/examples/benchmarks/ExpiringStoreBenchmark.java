package io.sallyport.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.core.store.ExpiringStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
 * Cost of the operations of a store, for each backend on this machine, beside a store that does
 * nothing. What PostgreSQL and Redis acknowledge is on the disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ExpiringStoreBenchmark {
  private static final int KEYS = 1024;
  private static final Duration HOUR = Duration.ofHours(1);

  /** Where the entries are. */
  @Param({"none", "memory", "postgres", "redis"})
  public String backend = "none";

  private final String[] keys = new String[KEYS];
  private final byte[] one = "1".repeat(512).getBytes(UTF_8);
  private final byte[] two = "2".repeat(512).getBytes(UTF_8);
  private StoreBackend running = StoreBackend.named("none");
  private int next;

  /** Starts the backend, and stores a value of half a kilobyte under each key. */
  @Setup
  public void start() {
    running.close();
    running = StoreBackend.named(backend);
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "idempotency:acme:createInvoice:0190b2f1-7c1e-7aa0-9d5e-" + i;
      running.store().putIfAbsent(keys[i], one, HOUR);
    }
  }

  /** Stops it. */
  @TearDown
  public void stop() {
    running.close();
  }

  /** A value that is there. */
  @Benchmark
  public Optional<byte[]> get() {
    return running.store().get(keys[next++ & (KEYS - 1)]);
  }

  /** A key that is taken. */
  @Benchmark
  public boolean putIfAbsentInVain() {
    return running.store().putIfAbsent(keys[next++ & (KEYS - 1)], two, HOUR);
  }

  /** A new key, and its removal, so that the store does not grow. */
  @Benchmark
  public boolean putIfAbsentAndRemove() {
    String key = "new " + next++;
    ExpiringStore store = running.store();
    return store.putIfAbsent(key, one, HOUR) && store.remove(key, one);
  }

  /** A value for another and back. */
  @Benchmark
  public boolean replaceTwice() {
    String key = keys[next++ & (KEYS - 1)];
    ExpiringStore store = running.store();
    return store.replace(key, one, two, HOUR) && store.replace(key, two, one, HOUR);
  }
}
