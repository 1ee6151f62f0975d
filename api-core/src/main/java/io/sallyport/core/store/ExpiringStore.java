package io.sallyport.core.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Values under keys, each for a limited time, with compare-and-set.
 *
 * <p>Each operation is atomic and linearizable per key, also between the nodes that share a store.
 * Keys are any strings, NUL and unpaired surrogates excepted, of at most {@link #MAX_KEY_BYTES} as
 * UTF-8, and equal only if every character is; values are any bytes, at most {@link
 * #MAX_VALUE_BYTES} of them. A time to live is at most {@link #MAX_TTL}, counts in whole
 * milliseconds (a fraction is rounded up), and an entry is gone from the instant at which it has
 * passed. Arrays are neither kept nor handed out twice: a caller may change what it passed in or
 * got back.
 *
 * <p>"No" is a return value. "Don't know" is {@link StoreUnavailableException}, within a bounded
 * time: after it, a change may or may not have been made. A store that is full says so by that
 * exception; it never gives up an entry whose time has not passed to make room for another.
 *
 * <p>Implementations must be safe for concurrent use and must pass {@code ExpiringStoreContract}.
 */
public interface ExpiringStore {
  /** The longest key, in bytes of UTF-8: what an index of PostgreSQL takes with room to spare. */
  int MAX_KEY_BYTES = 1_024;

  /** The longest value, in bytes. */
  int MAX_VALUE_BYTES = 1_048_576;

  /** The longest time to live: ten years. */
  Duration MAX_TTL = Duration.ofDays(3_653);

  /**
   * The value under {@code key}, if there is one that has not expired.
   *
   * @throws IllegalArgumentException if {@code key} is none that a store takes
   */
  Optional<byte[]> get(String key);

  /**
   * Stores {@code value} under {@code key} for {@code ttl}, unless there is a value already.
   *
   * @return whether the value was stored
   * @throws IllegalArgumentException if {@code ttl} is not positive, or key, value or {@code ttl}
   *     exceeds what a store takes
   */
  boolean putIfAbsent(String key, byte[] value, Duration ttl);

  /**
   * Replaces the value under {@code key} by {@code value} for {@code ttl} from now, if it is {@code
   * expected}, byte for byte. Otherwise neither the value nor its time changes.
   *
   * @return whether the value was replaced
   * @throws IllegalArgumentException if {@code ttl} is not positive, or key, {@code expected},
   *     value or {@code ttl} exceeds what a store takes
   */
  boolean replace(String key, byte[] expected, byte[] value, Duration ttl);

  /**
   * Removes the value under {@code key}, if it is {@code expected}, byte for byte.
   *
   * @return whether the value was removed
   * @throws IllegalArgumentException if key or {@code expected} exceeds what a store takes
   */
  boolean remove(String key, byte[] expected);

  /**
   * A store in the memory of this process, of 100,000 entries and 64 MiB; see {@link
   * InMemoryExpiringStore}.
   */
  static InMemoryExpiringStore inMemory() {
    return inMemory(100_000, 64L * 1_048_576, System::nanoTime);
  }

  /**
   * A store in the memory of this process; see {@link InMemoryExpiringStore}.
   *
   * @param nanoTime a nanosecond clock that never steps back
   * @throws IllegalArgumentException if a bound is too small to hold any one entry
   */
  static InMemoryExpiringStore inMemory(int maxEntries, long maxBytes, LongSupplier nanoTime) {
    return new InMemoryExpiringStore(maxEntries, maxBytes, nanoTime);
  }
}
