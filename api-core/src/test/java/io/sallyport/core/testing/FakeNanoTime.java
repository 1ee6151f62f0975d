package io.sallyport.core.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A nanosecond clock that moves only when told. Safe for concurrent use. */
public final class FakeNanoTime implements LongSupplier {
  // Not zero: a reading of System.nanoTime() has any value, negative ones included.
  private final AtomicLong now = new AtomicLong(-12_345_678_901L);

  /** Moves the clock forward. */
  public void advance(Duration duration) {
    now.addAndGet(duration.toNanos());
  }

  @Override
  public long getAsLong() {
    return now.get();
  }
}
