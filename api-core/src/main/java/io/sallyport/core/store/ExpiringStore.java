package io.sallyport.core.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Values under keys, each for a limited time, with compare-and-set.
 *
 * <p>Each operation is atomic and linearizable per key, also between the nodes that share a store.
 * Keys are any strings, NUL and unpaired surrogates excepted; values are any bytes. An entry is
 * gone from the instant at which its time to live has passed. Arrays are neither kept nor handed
 * out twice: a caller may change what it passed in or got back.
 *
 * <p>"No" is a return value. "Don't know" is {@link StoreUnavailableException}, within a bounded
 * time: after it, a change may or may not have been made. Implementations must be safe for
 * concurrent use and must pass {@code ExpiringStoreContract}.
 */
public interface ExpiringStore {
  /** The value under {@code key}, if there is one that has not expired. */
  Optional<byte[]> get(String key);

  /**
   * Stores {@code value} under {@code key} for {@code ttl}, unless there is a value already.
   *
   * @return whether the value was stored
   * @throws IllegalArgumentException if {@code ttl} is not positive, or key or value exceeds what
   *     the store takes
   */
  boolean putIfAbsent(String key, byte[] value, Duration ttl);

  /**
   * Replaces the value under {@code key} by {@code value} for {@code ttl} from now, if it is {@code
   * expected}, byte for byte.
   *
   * @return whether the value was replaced
   * @throws IllegalArgumentException if {@code ttl} is not positive, or key or value exceeds what
   *     the store takes
   */
  boolean replace(String key, byte[] expected, byte[] value, Duration ttl);

  /**
   * Removes the value under {@code key}, if it is {@code expected}, byte for byte.
   *
   * @return whether the value was removed
   */
  boolean remove(String key, byte[] expected);
}
