package io.sallyport.examples.reference.application;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time as PostgreSQL keeps it: what a create answers is what a later read answers. */
final class StoredTime {
  private StoredTime() {}

  static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
