package io.sallyport.ratelimit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.ratelimit.limit.InMemoryRateLimiter;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimiter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class InMemoryRateLimiterTest extends RateLimiterContract {
  private static final Quota ONE_A_MINUTE = new Quota("test", 1, Duration.ofMinutes(1));

  @Override
  protected RateLimiter limiter(LongSupplier nanoTime) {
    return RateLimiter.inMemory(1_000, nanoTime);
  }

  @Test
  void aFloodOfNewKeysDoesNotGrowItBeyondItsBoundAndIsCounted() {
    InMemoryRateLimiter limiter = RateLimiter.inMemory(1_000, clock);

    for (int i = 0; i < 5_000; i++) {
      limiter.tryAcquire("flood " + i, ONE_A_MINUTE);
    }

    assertThat(limiter.size()).isEqualTo(1_000);
    assertThat(limiter.forgotten()).isEqualTo(4_000);
  }

  @Test
  void aSpentAllowanceThatIsAskedForOftenOutlivesAFloodOfNewKeys() {
    InMemoryRateLimiter limiter = RateLimiter.inMemory(1_000, clock);
    for (int i = 0; i < 100; i++) {
      limiter.tryAcquire("ann", ONE_A_MINUTE);
    }

    int granted = 0;
    for (int i = 0; i < 20_000; i++) {
      limiter.tryAcquire("flood " + i, ONE_A_MINUTE);
      if (i % 100 == 0) {
        granted += limiter.tryAcquire("ann", ONE_A_MINUTE).granted() ? 1 : 0;
      }
    }

    assertThat(granted).isZero();
  }

  @Test
  void aFloodWithinTheBoundResetsNoAllowance() {
    InMemoryRateLimiter limiter = RateLimiter.inMemory(1_000, clock);
    limiter.tryAcquire("ann", ONE_A_MINUTE);
    for (int i = 0; i < 999; i++) {
      limiter.tryAcquire("flood " + i, ONE_A_MINUTE);
    }

    assertThat(limiter.tryAcquire("ann", ONE_A_MINUTE).granted()).isFalse();
    assertThat(limiter.forgotten()).isZero();
  }

  @Test
  void aBucketThatIsFullAgainIsForgottenAndNotCountedAsLost() {
    InMemoryRateLimiter limiter = RateLimiter.inMemory(1_000, clock);
    limiter.tryAcquire("ann", ONE_A_MINUTE);

    clock.advance(Duration.ofMinutes(5));

    assertThat(limiter.size()).isZero();
    assertThat(limiter.forgotten()).isZero();
  }

  @Test
  void refusesToRememberNothing() {
    assertThatThrownBy(() -> RateLimiter.inMemory(0, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxKeys must be at least 1, was 0");
  }
}
