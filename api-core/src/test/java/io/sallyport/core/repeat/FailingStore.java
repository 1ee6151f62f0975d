package io.sallyport.core.repeat;

import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** A store that can be cut off, before or after what it was asked to do. */
final class FailingStore implements ExpiringStore {
  private final ExpiringStore store;
  volatile boolean out;
  volatile boolean outAfterPut;

  FailingStore(ExpiringStore store) {
    this.store = store;
  }

  private void check() {
    if (out) {
      throw new StoreUnavailableException("cut off");
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    check();
    return store.get(key);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    check();
    boolean put = store.putIfAbsent(key, value, ttl);
    if (outAfterPut) {
      throw new StoreUnavailableException("cut off after the put");
    }
    return put;
  }

  @Override
  public boolean replace(String key, byte[] expected, byte[] value, Duration ttl) {
    check();
    return store.replace(key, expected, value, ttl);
  }

  @Override
  public boolean remove(String key, byte[] expected) {
    check();
    return store.remove(key, expected);
  }
}
