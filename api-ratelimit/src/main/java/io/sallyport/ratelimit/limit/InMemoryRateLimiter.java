package io.sallyport.ratelimit.limit;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A {@link RateLimiter} in the memory of this process, bounded in the number of its keys.
 *
 * <p>A bucket is forgotten once it has not been asked for longer than its period, and is full by
 * then, so that forgetting it changes nothing. Only where more keys than the bound are active
 * within their periods does a bucket go before that, and a spent allowance with it: whoever can
 * bring new keys at will, such as many addresses, could have its limit reset that way. So the bound
 * is generous, an IPv6 client counts as its /64, keys asked for often are kept before keys seen
 * once, and {@link #forgotten} counts what was lost: watch it, and raise {@code maxKeys} if it
 * grows. Give the filter for addresses a limiter of its own, so that a flood of addresses never
 * displaces a caller.
 */
public final class InMemoryRateLimiter implements RateLimiter {
  private final Cache<Key, Bucket> buckets;
  private final LongAdder forgotten = new LongAdder();
  private final Clock clock;

  InMemoryRateLimiter(int maxKeys, LongSupplier nanoTime) {
    if (maxKeys < 1) {
      throw new IllegalArgumentException(
          "maxKeys must be at least 1, was "
              + maxKeys
              + "; RateLimiter.DEFAULT_MAX_KEYS suits most services");
    }
    this.clock = new Clock(requireNonNull(nanoTime, "nanoTime"));
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(maxKeys)
            .expireAfter(new FullRefill())
            .ticker(nanoTime::getAsLong)
            // Evicts on the requesting thread: the bound then holds at once, and needs no pool.
            .executor(Runnable::run)
            .evictionListener((key, bucket, cause) -> evicted(cause))
            .build();
  }

  @Override
  public Permit tryAcquire(String key, Quota quota) {
    Key one = new Key(requireNonNull(key, "key"), requireNonNull(quota, "quota"));
    Bucket bucket = buckets.get(one, this::full);
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    Duration reset = sufficient(quota, probe.getNanosToWaitForReset());
    if (!probe.isConsumed()) {
      Duration wait = sufficient(quota, probe.getNanosToWaitForRefill());
      return new Permit(false, 0, wait, max(wait, reset));
    }
    long remaining = probe.getRemainingTokens();
    Duration wait = remaining > 0 ? Duration.ZERO : untilNext(quota, bucket);
    return new Permit(true, remaining, wait, max(wait, reset));
  }

  /** How many buckets were forgotten before they were full, because there were too many keys. */
  public long forgotten() {
    return forgotten.sum();
  }

  /** How many keys are remembered now; approximate while requests come in. */
  public long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket full(Key key) {
    Quota quota = key.quota();
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(quota.capacity()).refillGreedy(quota.capacity(), quota.period()))
        .withCustomTimePrecision(clock)
        .build();
  }

  // Another request may have taken the permit that came meanwhile, so this is asked of the bucket.
  private static Duration untilNext(Quota quota, Bucket bucket) {
    EstimationProbe probe = bucket.estimateAbilityToConsume(1);
    return probe.canBeConsumed()
        ? Duration.ZERO
        : sufficient(quota, probe.getNanosToWaitForRefill());
  }

  // Bucket4j rounds down where permits do not come in whole nanoseconds, and whoever waited just
  // that long would be refused again.
  private static Duration sufficient(Quota quota, long nanos) {
    boolean exact = quota.period().toNanos() % quota.capacity() == 0;
    return Duration.ofNanos(exact ? nanos : nanos + 1);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private void evicted(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      forgotten.increment();
    }
  }

  private record Key(String key, Quota quota) {}

  private record Clock(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** Keeps a bucket for longer after its last use than it takes to fill. */
  private static final class FullRefill implements Expiry<Key, Bucket> {
    // Caffeine does not note a use that follows closely on the last one it noted; without this, a
    // bucket in constant use would go while it is empty.
    private static final Duration UNNOTED = Duration.ofSeconds(2);

    @Override
    public long expireAfterCreate(Key key, Bucket bucket, long now) {
      return nanos(key);
    }

    @Override
    public long expireAfterUpdate(Key key, Bucket bucket, long now, long left) {
      return nanos(key);
    }

    @Override
    public long expireAfterRead(Key key, Bucket bucket, long now, long left) {
      return nanos(key);
    }

    private static long nanos(Key key) {
      return key.quota().period().plus(UNNOTED).toNanos();
    }
  }
}
