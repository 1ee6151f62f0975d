package io.sallyport.core.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.sallyport.core.recording.Recording;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Responses by key, bounded in bytes; none that is too old or was invalidated comes out. */
final class StoredResponses {
  private static final int OVERHEAD = 512;

  private final Cache<ResponseKey, Entry> entries;
  private final LongSupplier nanoTime;

  StoredResponses(long maxBytes, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(StoredResponses::weigh)
            .expireAfter(Expiry.<ResponseKey, Entry>creating((key, entry) -> entry.ttl()))
            .ticker(nanoTime::getAsLong)
            // Evicts on the requesting thread: the bound then holds at once, and needs no pool.
            .executor(Runnable::run)
            .build();
  }

  Optional<Entry> find(ResponseKey key) {
    Entry entry = entries.getIfPresent(key);
    if (entry == null) {
      return Optional.empty();
    }
    // Caffeine forgets an entry some time after its end; it must not be used from its end on.
    if (!entry.stamp().isCurrent() || age(entry).compareTo(entry.ttl()) >= 0) {
      entries.asMap().remove(key, entry);
      return Optional.empty();
    }
    return Optional.of(entry);
  }

  /** Keeps {@code entry}, unless what it was computed from was invalidated meanwhile. */
  void put(ResponseKey key, Entry entry) {
    if (entry.stamp().isCurrent()) {
      entries.put(key, entry);
    }
  }

  Duration age(Entry entry) {
    return Duration.ofNanos(nanoTime.getAsLong() - entry.storedAt());
  }

  long bytes() {
    entries.cleanUp();
    return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  private static int weigh(ResponseKey key, Entry entry) {
    long weight = OVERHEAD + 2L * key.length() + entry.response().body().length;
    for (var field : entry.response().headers().entrySet()) {
      weight += 2L * (field.getKey().length() + field.getValue().toString().length());
    }
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  /** A response, and how long and since when it may be used. */
  record Entry(Recording.Complete response, long storedAt, Duration ttl, Generations.Stamp stamp) {}
}
