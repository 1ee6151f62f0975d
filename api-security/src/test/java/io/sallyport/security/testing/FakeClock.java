package io.sallyport.security.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that moves only when told, as a source of dates and of nanoseconds. Safe for concurrent
 * use.
 */
public final class FakeClock implements InstantSource, LongSupplier {
  /** What a new clock shows. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  // Not zero: a reading of System.nanoTime() has any value, negative ones included.
  private static final long ORIGIN = -12_345_678_901L;

  private final AtomicLong elapsed = new AtomicLong();

  /** Moves the clock forward. */
  public void advance(Duration duration) {
    elapsed.addAndGet(duration.toNanos());
  }

  @Override
  public Instant instant() {
    return START.plusNanos(elapsed.get());
  }

  @Override
  public long getAsLong() {
    return ORIGIN + elapsed.get();
  }
}
