package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes and reads cursors: {@code Cursors.of(CursorKey.encrypting(secret))}. Immutable and safe for
 * concurrent use.
 *
 * <p>To rotate a key without refusing anyone's cursor: let every node accept the new one, then make
 * it the active one everywhere, and drop the old one when the longest lifetime of a cursor is over.
 */
public final class Cursors {
  private final CursorKey active;
  private final Map<Integer, CursorKey> keys;
  private final InstantSource clock;

  private Cursors(CursorKey active, Map<Integer, CursorKey> keys, InstantSource clock) {
    this.active = active;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Cursors sealed under {@code active}, and accepted under {@code accepted} as well.
   *
   * @throws IllegalArgumentException if a key is given twice
   */
  public static Cursors of(CursorKey active, CursorKey... accepted) {
    Map<Integer, CursorKey> keys = new LinkedHashMap<>();
    keys.put(active.id(), active);
    for (CursorKey key : accepted) {
      if (keys.putIfAbsent(key.id(), key) != null) {
        throw new IllegalArgumentException(key + " must be given once; remove the second");
      }
    }
    return new Cursors(active, Map.copyOf(keys), InstantSource.system());
  }

  /** These cursors by the time of {@code clock}. */
  public Cursors clock(InstantSource clock) {
    return new Cursors(active, keys, requireNonNull(clock, "clock"));
  }

  /**
   * The cursors that are valid for {@code binding} alone, and for {@code lifetime} once they are
   * made. For lists that do not come by a {@link PagingFilter}; where one does, this is its affair.
   *
   * @param binding all that must be the same where a cursor is made and where it is read; two
   *     places must not share one
   */
  public BoundCursors boundTo(byte[] binding, Duration lifetime) {
    return new BoundCursors(this, binding, lifetime);
  }

  CursorKey active() {
    return active;
  }

  CursorKey key(int id) throws InvalidCursorException {
    CursorKey key = keys.get(id);
    if (key == null) {
      throw new InvalidCursorException(InvalidCursorException.Reason.UNKNOWN_KEY);
    }
    return key;
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  static String text(byte[] sealed) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** The bytes of {@code text}, which has one spelling only. */
  static byte[] bytes(String text) throws InvalidCursorException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      // The JDK takes padding, and ignores bits that are left over; each would be a second cursor
      // that is as good as the first.
      if (text(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
    }
    throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
  }

  /** The active key and how many are accepted; never a secret. */
  @Override
  public String toString() {
    return "cursors under " + active + ", one of " + keys.size();
  }
}
