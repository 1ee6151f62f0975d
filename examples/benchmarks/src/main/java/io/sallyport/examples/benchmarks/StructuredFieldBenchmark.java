package io.sallyport.examples.benchmarks;

import io.sallyport.core.field.FieldList;
import io.sallyport.core.field.Item;
import io.sallyport.core.field.MalformedFieldException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Cost of one {@code RateLimit} field of two limits, beside writing it by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StructuredFieldBenchmark {
  private static final List<String> LINES =
      List.of("\"caller-1m\";r=99;t=1, \"address-1h\";r=9321;t=12");

  private long remaining;

  /** The change of a number alone. */
  @Benchmark
  public long nothing() {
    return next();
  }

  /** As the limiter writes it: appended to one builder. */
  @Benchmark
  public String writtenByHand() {
    StringBuilder list = new StringBuilder(64);
    list.append("\"caller-1m\"").append(";r=").append(next()).append(";t=").append(1);
    list.append(", \"address-1h\"").append(";r=").append(next()).append(";t=").append(12);
    return list.toString();
  }

  /** As values, checked and then serialised. */
  @Benchmark
  public String madeAndSerialised() {
    return FieldList.of(
            Item.string("caller-1m").with("r", next()).with("t", 1),
            Item.string("address-1h").with("r", next()).with("t", 12))
        .serialise();
  }

  /** Read. */
  @Benchmark
  public FieldList parsed() throws MalformedFieldException {
    return FieldList.parse(LINES);
  }

  private long next() {
    remaining = (remaining + 1) & 0xFFFF;
    return remaining;
  }
}
