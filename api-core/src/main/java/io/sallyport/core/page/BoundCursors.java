package io.sallyport.core.page;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one binding, {@link Cursors#boundTo}. Used by one thread at a time, since it
 * serves one request.
 *
 * <p>A cursor is a version byte, the id of its key in four bytes, and a payload under a seal; as
 * text, base64url without padding, RFC 4648 section 5.
 */
public final class BoundCursors {
  private static final byte VERSION = 1;
  private static final int HEADER = 5;

  /** The longest cursor, in characters: header, nonce, payload and tag. */
  static final int MAX_LENGTH = (HEADER + 12 + CursorPayload.MAX_BYTES + 16) * 4 / 3 + 1;

  private final Cursors cursors;
  private final byte[] binding;
  private final long lifetimeSeconds;
  private @Nullable Seal active;

  BoundCursors(Cursors cursors, byte[] binding, Duration lifetime) {
    this.cursors = cursors;
    this.binding = binding;
    this.lifetimeSeconds = lifetime.toSeconds();
  }

  /**
   * A cursor that leads to {@code position}.
   *
   * @throws IllegalArgumentException if its values are of types that cannot be kept, or too long
   */
  public String write(Position position) {
    byte[] header = ByteBuffer.allocate(HEADER).put(VERSION).putInt(cursors.active().id()).array();
    byte[] payload = CursorPayload.encode(position, cursors.now() + lifetimeSeconds);
    return Cursors.text(active().close(header, payload));
  }

  /**
   * Where {@code cursor} leads.
   *
   * @throws InvalidCursorException if it was not made here for this binding, or is expired
   */
  public Position read(String cursor) throws InvalidCursorException {
    if (cursor.length() > MAX_LENGTH) {
      throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
    }
    byte[] sealed = Cursors.bytes(cursor);
    if (sealed.length < HEADER) {
      throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
    }
    if (sealed[0] != VERSION) {
      throw new InvalidCursorException(InvalidCursorException.Reason.UNKNOWN_VERSION);
    }
    CursorKey key = cursors.key(ByteBuffer.wrap(sealed).getInt(1));
    Seal seal = key == cursors.active() ? active() : key.seal(binding);
    CursorPayload payload = CursorPayload.decode(seal.open(sealed, HEADER));
    // A cursor that expires now is expired.
    if (payload.expiresAt() <= cursors.now()) {
      throw new InvalidCursorException(InvalidCursorException.Reason.EXPIRED);
    }
    return payload.position();
  }

  private Seal active() {
    if (active == null) {
      active = cursors.active().seal(binding);
    }
    return active;
  }
}
