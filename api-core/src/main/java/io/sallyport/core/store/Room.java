package io.sallyport.core.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many entries and bytes a store holds, and whether there is room for more. What is taken is
 * never above the bounds, not even for a moment.
 */
final class Room {
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final long maxEntries;
  private final long maxBytes;
  private final long maxBytesForNew;

  Room(long maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    // The rest is for replacements: a flood of new keys must not keep what was begun, such as an
    // idempotency record in progress, from being completed.
    this.maxBytesForNew = maxBytes - maxBytes / 8;
  }

  /** Takes room for a new entry. */
  void take(long size) {
    if (!add(entries, 1, maxEntries)) {
      throw full("entries");
    }
    if (!add(bytes, size, maxBytesForNew)) {
      entries.decrementAndGet();
      throw full("bytes");
    }
  }

  /** Takes the room of one entry for another. */
  void exchange(long oldSize, long newSize) {
    long more = newSize - oldSize;
    if (more <= 0) {
      bytes.addAndGet(more);
    } else if (!add(bytes, more, maxBytes)) {
      throw full("bytes");
    }
  }

  void release(long size) {
    entries.decrementAndGet();
    bytes.addAndGet(-size);
  }

  long entries() {
    return entries.get();
  }

  long bytes() {
    return bytes.get();
  }

  private static boolean add(AtomicLong count, long more, long max) {
    long now = count.get();
    while (now + more <= max) {
      if (count.compareAndSet(now, now + more)) {
        return true;
      }
      now = count.get();
    }
    return false;
  }

  private static StoreUnavailableException full(String bound) {
    return new StoreUnavailableException("the store in memory is full: no more " + bound);
  }
}
