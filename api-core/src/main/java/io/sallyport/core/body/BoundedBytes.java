package io.sallyport.core.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What was read of a stream, at most one byte more than a limit.
 *
 * @param bytes the bytes, not copied
 * @param complete whether the stream ended within the limit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying is what this avoids
record BoundedBytes(byte[] bytes, boolean complete) {
  private static final int FIRST = 4096;

  /**
   * Reads {@code stream} to its end or just beyond {@code limit}.
   *
   * @param declared the length that the client announced, negative if it did not
   */
  static BoundedBytes read(InputStream stream, long declared, int limit) throws IOException {
    // Grown as bytes arrive: a client that announces much and sends nothing costs nothing.
    int first = declared >= 0 && declared < FIRST ? (int) declared + 1 : FIRST;
    byte[] buffer = new byte[(int) Math.min(first, limit + 1L)];
    int length = 0;
    while (true) {
      int read = stream.read(buffer, length, buffer.length - length);
      if (read < 0) {
        return new BoundedBytes(Arrays.copyOf(buffer, length), true);
      }
      length += read;
      if (length > limit) {
        return new BoundedBytes(Arrays.copyOf(buffer, length), false);
      }
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, limit + 1L));
      }
    }
  }
}
