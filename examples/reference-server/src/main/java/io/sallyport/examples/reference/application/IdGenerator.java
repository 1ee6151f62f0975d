package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562): the time in milliseconds, then 74 random bits. Their order
 * is that of their creation, so that a list in the order of ids is stable while rows are added, and
 * the primary key is the only index it needs.
 *
 * <p>Ids are not secrets here: who may read what is decided by tenant and role.
 */
public final class IdGenerator {
  private final InstantSource clock;
  private final RandomGenerator random;

  public IdGenerator(InstantSource clock, RandomGenerator random) {
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
  }

  public UUID next() {
    long high = clock.millis() << 16 | 0x7000L | (random.nextLong() & 0x0FFFL);
    long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
    return new UUID(high, low);
  }
}
