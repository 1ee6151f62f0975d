package io.sallyport.core.page;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cursor holds: when it expires, which way it reads, and one value for each sort column.
 *
 * @param expiresAt the first second at which it is not accepted any more, since the epoch
 * @param position where it leads
 */
record CursorPayload(Position position, long expiresAt) {
  /** The most bytes of a payload. A cursor travels in a URL, and twice in a header field. */
  static final int MAX_BYTES = 1024;

  private static final int BACKWARD = 1;
  private static final int INCLUSIVE = 2;

  /**
   * The bytes of a payload.
   *
   * @throws IllegalArgumentException if a value is of a type that cannot be kept, or too long
   */
  static byte[] encode(Position position, long expiresAt) {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
    try {
      KeyValues.putVarint(bytes, expiresAt);
      int flags = (position.backward() ? BACKWARD : 0) | (position.inclusive() ? INCLUSIVE : 0);
      bytes.put((byte) flags).put((byte) position.values().size());
      position.values().forEach(value -> KeyValues.put(bytes, value));
    } catch (BufferOverflowException e) {
      throw new IllegalArgumentException(
          "the values of a sort must fit into "
              + MAX_BYTES
              + " bytes; sort by columns whose length the database bounds",
          e);
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /**
   * Reads what {@link #encode} made, and nothing else.
   *
   * @throws InvalidCursorException if it is anything else
   */
  static CursorPayload decode(byte[] payload) throws InvalidCursorException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(payload);
      long expiresAt = KeyValues.getVarint(bytes);
      int flags = bytes.get();
      int size = bytes.get();
      if ((flags & ~(BACKWARD | INCLUSIVE)) != 0 || size < 1 || size > Sort.MAX_COLUMNS) {
        throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
      }
      List<@Nullable Object> values = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        values.add(KeyValues.get(bytes));
      }
      if (bytes.hasRemaining()) {
        throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
      }
      boolean backward = (flags & BACKWARD) != 0;
      boolean inclusive = (flags & INCLUSIVE) != 0;
      return new CursorPayload(new Position(values, backward, inclusive), expiresAt);
    } catch (BufferUnderflowException e) {
      throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
    }
  }
}
