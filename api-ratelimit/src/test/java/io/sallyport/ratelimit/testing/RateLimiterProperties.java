package io.sallyport.ratelimit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.ratelimit.limit.Permit;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimiter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class RateLimiterProperties {
  @Property
  void neverGrantsMoreThanCapacityPlusRefill(
      @ForAll("quotas") Quota quota, @ForAll("waits") List<Long> waits) {
    FakeNanoTime clock = new FakeNanoTime();
    RateLimiter limiter = RateLimiter.inMemory(10, clock);
    BigInteger period = BigInteger.valueOf(quota.period().toNanos());
    BigInteger elapsed = BigInteger.ZERO;
    long granted = 0;

    for (long wait : waits) {
      clock.advance(Duration.ofNanos(wait));
      elapsed = elapsed.add(BigInteger.valueOf(wait));
      granted += limiter.tryAcquire("ann", quota).granted() ? 1 : 0;

      BigInteger refilled = elapsed.multiply(BigInteger.valueOf(quota.capacity())).divide(period);
      assertThat(BigInteger.valueOf(granted))
          .isLessThanOrEqualTo(refilled.add(BigInteger.valueOf(quota.capacity())));
    }
  }

  @Property
  void whoeverWaitsRetryAfterIsGrantedAndWhoeverWaitsLessIsNot(
      @ForAll("quotas") Quota quota, @ForAll("waits") List<Long> waits) {
    FakeNanoTime clock = new FakeNanoTime();
    RateLimiter limiter = RateLimiter.inMemory(10, clock);

    for (long wait : waits) {
      clock.advance(Duration.ofNanos(wait));
      Permit permit = limiter.tryAcquire("ann", quota);
      if (!permit.granted()) {
        // It may be rounded up by a nanosecond, never down.
        clock.advance(permit.retryAfter().minusNanos(2));
        assertThat(limiter.tryAcquire("ann", quota).granted()).isFalse();
        clock.advance(Duration.ofNanos(2));
        assertThat(limiter.tryAcquire("ann", quota).granted()).isTrue();
      }
    }
  }

  @Provide
  Arbitrary<Quota> quotas() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 20),
            Arbitraries.longs().between(1_000_000_000L, Quota.MAX_PERIOD.toNanos()))
        .as((capacity, nanos) -> new Quota("test", capacity, Duration.ofNanos(nanos)));
  }

  @Provide
  Arbitrary<List<Long>> waits() {
    Arbitrary<Long> none = Arbitraries.just(0L);
    Arbitrary<Long> some = Arbitraries.longs().between(1, 3_000_000_000L);
    Arbitrary<Long> many = Arbitraries.longs().between(1, Duration.ofDays(40).toNanos());
    return Arbitraries.frequencyOf(Tuple.of(6, none), Tuple.of(3, some), Tuple.of(1, many))
        .list()
        .ofMaxSize(80);
  }
}
