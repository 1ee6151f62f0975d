package io.sallyport.core.recording;

import java.util.Arrays;

/** Bytes up to a bound; beyond it they are discarded, so that no body can fill the memory. */
final class RecordedBody {
  private static final byte[] NONE = {};

  private final int maxBytes;
  private byte[] bytes = NONE;
  private int length;
  private boolean overflown;

  RecordedBody(int maxBytes) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes must not be negative, was " + maxBytes);
    }
    this.maxBytes = maxBytes;
  }

  /** Whether {@code count} more bytes are within the bound. */
  boolean hasRoomFor(int count) {
    return !overflown && count <= maxBytes - length;
  }

  /** Keeps the bytes, or nothing at all any more if there is no room for them. */
  void append(byte[] from, int offset, int count) {
    if (!hasRoomFor(count)) {
      overflow();
      return;
    }
    if (length + count > bytes.length) {
      long doubled = Math.max(length + count, Math.max(256L, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, doubled));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  void overflow() {
    overflown = true;
    bytes = NONE;
    length = 0;
  }

  boolean overflown() {
    return overflown;
  }

  /** Begins anew; an overflow is forgotten, since nothing of it was sent. */
  void clear() {
    overflown = false;
    length = 0;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
