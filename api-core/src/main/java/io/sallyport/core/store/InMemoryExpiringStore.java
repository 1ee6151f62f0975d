package io.sallyport.core.store;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * An {@link ExpiringStore} in the memory of this process, bounded in entries and in bytes. Nothing
 * outlives the process, and nodes do not see each other's: it is for one node, and for tests.
 *
 * <p>A full store refuses new keys with {@link StoreUnavailableException} and gives up nothing that
 * it holds, since a record that is lost lets a request run twice or a token be replayed. So whoever
 * can fill it can make the guards above it refuse everybody until entries expire, and nothing
 * worse. Let new keys cost the client something: map the guard behind authentication and a rate
 * limit, keep times to live short, and give each guard a store of its own, so that one that is
 * filled does not take out another. The last eighth of the bytes takes replacements only, so that
 * what was begun can be completed. Watch {@link #entries} and {@link #bytes}.
 *
 * <p>The room of an expired entry is free again about a second after it expired.
 */
public final class InMemoryExpiringStore implements ExpiringStore {
  // What an entry takes beside its characters and bytes: nodes of two maps, headers, references.
  private static final int OVERHEAD = 256;

  private static final long MIN_BYTES = 2L * 1_048_576;

  private final Cache<String, Held> held;
  private final Room room;
  private final LongSupplier nanoTime;

  InMemoryExpiringStore(int maxEntries, long maxBytes, LongSupplier nanoTime) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be at least 1, was " + maxEntries);
    }
    if (maxBytes < MIN_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes must be at least "
              + MIN_BYTES
              + ", to hold the largest entry, was "
              + maxBytes);
    }
    this.room = new Room(maxEntries, maxBytes);
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    this.held =
        Caffeine.newBuilder()
            .expireAfter(new AtItsTime())
            .ticker(nanoTime::getAsLong)
            // On the calling thread: room is then free at once, and no pool is needed.
            .executor(Runnable::run)
            // Caffeine evicts nothing but what has expired, since it is given no maximum.
            .evictionListener((key, gone, cause) -> room.release(requireNonNull(gone).size))
            .build();
  }

  @Override
  public Optional<byte[]> get(String key) {
    Limits.checkKey(key);
    return Optional.ofNullable(held.getIfPresent(key)).map(found -> found.value.clone());
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    Held fresh = hold(key, value, ttl);
    return withRoom(() -> held.get(key, absent -> taken(fresh)) == fresh);
  }

  @Override
  public boolean replace(String key, byte[] expected, byte[] value, Duration ttl) {
    Limits.checkValue(expected, "expected");
    Held fresh = hold(key, value, ttl);
    return withRoom(
        () ->
            held.asMap().computeIfPresent(key, (same, old) -> replaced(old, expected, fresh))
                == fresh);
  }

  @Override
  public boolean remove(String key, byte[] expected) {
    Limits.checkKey(key);
    Limits.checkValue(expected, "expected");
    AtomicBoolean removed = new AtomicBoolean();
    held.asMap()
        .computeIfPresent(
            key,
            (same, old) -> {
              if (!Arrays.equals(old.value, expected)) {
                return old;
              }
              room.release(old.size);
              removed.set(true);
              return null;
            });
    return removed.get();
  }

  /** How many entries are held, expired ones of the last second included. */
  public long entries() {
    held.cleanUp();
    return room.entries();
  }

  /** How many bytes of the heap they take, approximately. */
  public long bytes() {
    held.cleanUp();
    return room.bytes();
  }

  // Room is taken inside the map's own atomic step, so that whoever only comes too late for a key
  // is told so, and not that the store is full.
  private Held taken(Held fresh) {
    room.take(fresh.size);
    return fresh;
  }

  private Held replaced(Held old, byte[] expected, Held fresh) {
    if (!Arrays.equals(old.value, expected)) {
      return old;
    }
    room.exchange(old.size, fresh.size);
    return fresh;
  }

  private boolean withRoom(BooleanSupplier change) {
    try {
      return change.getAsBoolean();
    } catch (StoreUnavailableException full) {
      // What has expired goes when something else happens to the map: make that now, and try again.
      held.cleanUp();
      return change.getAsBoolean();
    }
  }

  private Held hold(String key, byte[] value, Duration ttl) {
    Limits.checkKey(key);
    Limits.checkValue(value, "value");
    long nanos = Duration.ofMillis(Limits.millis(ttl)).toNanos();
    long size = OVERHEAD + 2L * key.length() + value.length;
    return new Held(value.clone(), size, nanoTime.getAsLong() + nanos);
  }

  private static final class Held {
    final byte[] value;
    final long size;
    final long expiresAt;

    Held(byte[] value, long size, long expiresAt) {
      this.value = value;
      this.size = size;
      this.expiresAt = expiresAt;
    }
  }

  /** By the entry's own time: Caffeine calls it an update when a comparison fails, too. */
  private static final class AtItsTime implements Expiry<String, Held> {
    @Override
    public long expireAfterCreate(String key, Held held, long now) {
      return held.expiresAt - now;
    }

    @Override
    public long expireAfterUpdate(String key, Held held, long now, long left) {
      return held.expiresAt - now;
    }

    @Override
    public long expireAfterRead(String key, Held held, long now, long left) {
      return left;
    }
  }
}
