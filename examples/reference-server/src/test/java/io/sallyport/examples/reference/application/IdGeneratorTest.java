package io.sallyport.examples.reference.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {
  private final RandomGenerator random = new SplittableRandom(1);

  @Test
  void idsAreUuidsOfVersion7() {
    UUID id = new IdGenerator(InstantSource.fixed(Instant.EPOCH), random).next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void aLaterIdIsGreaterAsText() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    UUID earlier = new IdGenerator(InstantSource.fixed(now), random).next();
    UUID later = new IdGenerator(InstantSource.fixed(now.plusMillis(1)), random).next();

    assertThat(later.toString()).isGreaterThan(earlier.toString());
  }
}
