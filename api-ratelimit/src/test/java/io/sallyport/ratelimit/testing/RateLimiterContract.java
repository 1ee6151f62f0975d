package io.sallyport.ratelimit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.ratelimit.limit.Permit;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimiter} must do. */
public abstract class RateLimiterContract {
  private static final int THREADS = 64;

  /** The clock that {@link #limiter} is given. */
  protected final FakeNanoTime clock = new FakeNanoTime();

  /** A limiter that has counted nothing yet. */
  protected abstract RateLimiter limiter(LongSupplier nanoTime);

  @Test
  public void grantsTheCapacityAtOnceAndThenRefuses() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 3, Duration.ofMinutes(1));

    List<Boolean> granted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      granted.add(limiter.tryAcquire("ann", quota).granted());
    }

    assertThat(granted).containsExactly(true, true, true, false, false);
  }

  @Test
  public void countsDownWhatRemains() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 3, Duration.ofMinutes(1));

    assertThat(limiter.tryAcquire("ann", quota).remaining()).isEqualTo(2);
    assertThat(limiter.tryAcquire("ann", quota).remaining()).isEqualTo(1);
    assertThat(limiter.tryAcquire("ann", quota).remaining()).isZero();
    assertThat(limiter.tryAcquire("ann", quota).remaining()).isZero();
  }

  @Test
  public void grantsExactlyTheCapacityToConcurrentCallers() throws Exception {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 100, Duration.ofHours(1));
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> results = new ArrayList<>();
    Callable<Integer> caller =
        () -> {
          start.await();
          int granted = 0;
          for (int i = 0; i < 20; i++) {
            granted += limiter.tryAcquire("ann", quota).granted() ? 1 : 0;
          }
          return granted;
        };

    try {
      for (int i = 0; i < THREADS; i++) {
        results.add(threads.submit(caller));
      }
      start.countDown();
      int granted = 0;
      for (Future<Integer> result : results) {
        granted += result.get();
      }

      assertThat(granted).isEqualTo(100);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  public void refillsEvenlyAndNotAtTheEndOfThePeriod() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 6, Duration.ofMinutes(1));
    spend(limiter, "ann", quota);

    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofSeconds(10));

      assertThat(limiter.tryAcquire("ann", quota).granted()).isTrue();
      assertThat(limiter.tryAcquire("ann", quota).granted()).isFalse();
    }
  }

  @Test
  public void isFullAgainAfterOnePeriodAndNeverFuller() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 5, Duration.ofMinutes(1));
    spend(limiter, "ann", quota);

    clock.advance(Duration.ofMinutes(10));

    assertThat(spend(limiter, "ann", quota)).isEqualTo(5);
  }

  @Test
  public void aRefusedCallerSucceedsAfterWaitingRetryAfter() {
    RateLimiter limiter = limiter(clock);
    // Seven does not divide a minute: what a limiter rounds down would be too short.
    Quota quota = new Quota("test", 7, Duration.ofMinutes(1));
    spend(limiter, "ann", quota);
    Permit refused = limiter.tryAcquire("ann", quota);

    clock.advance(refused.retryAfter());

    assertThat(limiter.tryAcquire("ann", quota).granted()).isTrue();
  }

  @Test
  public void aRefusedCallerIsNotToldToWaitLongerThanItMust() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 6, Duration.ofMinutes(1));
    spend(limiter, "ann", quota);

    Permit refused = limiter.tryAcquire("ann", quota);

    assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(9_990), Duration.ofMillis(10_010));
  }

  @Test
  public void theLastPermitSaysWhenTheNextOneComes() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 1, Duration.ofMinutes(1));

    Permit last = limiter.tryAcquire("ann", quota);

    assertThat(last.granted()).isTrue();
    assertThat(last.remaining()).isZero();
    assertThat(last.retryAfter()).isPositive();
    clock.advance(last.retryAfter());
    assertThat(limiter.tryAcquire("ann", quota).granted()).isTrue();
  }

  @Test
  public void theAllowanceIsWholeAfterWaitingResetAfter() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 7, Duration.ofMinutes(1));
    limiter.tryAcquire("ann", quota);
    Permit second = limiter.tryAcquire("ann", quota);

    clock.advance(second.resetAfter());

    assertThat(spend(limiter, "ann", quota)).isEqualTo(7);
  }

  @Test
  public void refusalsTakeNothing() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 1, Duration.ofMinutes(1));
    Permit first = limiter.tryAcquire("ann", quota);
    for (int i = 0; i < 1_000; i++) {
      limiter.tryAcquire("ann", quota);
    }

    clock.advance(first.retryAfter());

    assertThat(limiter.tryAcquire("ann", quota).granted()).isTrue();
  }

  @Test
  public void keysAreIndependent() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 2, Duration.ofMinutes(1));
    spend(limiter, "ann", quota);

    Permit bob = limiter.tryAcquire("bob", quota);

    assertThat(bob.granted()).isTrue();
    assertThat(bob.remaining()).isEqualTo(1);
  }

  @Test
  public void twoQuotasOfOneKeyAreIndependent() {
    RateLimiter limiter = limiter(clock);
    Quota small = new Quota("small", 1, Duration.ofMinutes(1));
    Quota large = new Quota("large", 10, Duration.ofHours(1));
    spend(limiter, "ann", small);

    assertThat(limiter.tryAcquire("ann", large).remaining()).isEqualTo(9);
  }

  @Test
  public void anAllowanceIsKeptForAWholePeriod() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 1, Duration.ofDays(31));
    limiter.tryAcquire("ann", quota);

    clock.advance(Duration.ofDays(31).minusSeconds(1));

    assertThat(limiter.tryAcquire("ann", quota).granted()).isFalse();
  }

  @Test
  public void anAllowanceInConstantUseIsNotForgotten() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", 100, Duration.ofSeconds(1));
    spend(limiter, "ann", quota);

    int granted = 0;
    for (int i = 0; i < 2_000; i++) {
      clock.advance(Duration.ofMillis(1));
      granted += limiter.tryAcquire("ann", quota).granted() ? 1 : 0;
    }

    // Two seconds of refill; a forgotten bucket would have granted its capacity once more.
    assertThat(granted).isBetween(199, 200);
  }

  @Test
  public void theLargestQuotaIsCounted() {
    RateLimiter limiter = limiter(clock);
    Quota quota = new Quota("test", Quota.MAX_CAPACITY, Quota.MAX_PERIOD);

    assertThat(limiter.tryAcquire("ann", quota).remaining()).isEqualTo(Quota.MAX_CAPACITY - 1);
    clock.advance(Quota.MAX_PERIOD);
    assertThat(limiter.tryAcquire("ann", quota).remaining()).isEqualTo(Quota.MAX_CAPACITY - 1);
  }

  private static int spend(RateLimiter limiter, String key, Quota quota) {
    int granted = 0;
    while (limiter.tryAcquire(key, quota).granted()) {
      granted++;
    }
    return granted;
  }
}
