package io.sallyport.core.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when told. Safe for concurrent use. */
public final class FakeClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** A clock that shows {@code start}. */
  public FakeClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  /** A clock that shows noon of 1 January 2026, UTC. */
  public FakeClock() {
    this(Instant.parse("2026-01-01T12:00:00Z"));
  }

  /** Moves the clock: forward, or back where {@code duration} is negative. */
  public void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  @Override
  public Instant instant() {
    return now.get();
  }
}
