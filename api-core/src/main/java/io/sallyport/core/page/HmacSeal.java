package io.sallyport.core.page;

import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Header, payload, tag: HMAC-SHA256 over the first two, cut to 128 bits, RFC 2104 section 5. The
 * payload can be read by whoever has the cursor.
 */
final class HmacSeal implements Seal {
  private static final int TAG = 16;

  private final Mac mac;

  HmacSeal(byte[] key) {
    this.mac = Hmac.keyed(Hmac.key(key));
  }

  @Override
  public byte[] close(byte[] header, byte[] payload) {
    int end = header.length + payload.length;
    byte[] sealed = Arrays.copyOf(header, end + TAG);
    System.arraycopy(payload, 0, sealed, header.length, payload.length);
    System.arraycopy(tag(sealed, end), 0, sealed, end, TAG);
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, int headerLength) throws InvalidCursorException {
    int end = sealed.length - TAG;
    if (end < headerLength) {
      throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
    }
    byte[] tag = Arrays.copyOfRange(sealed, end, sealed.length);
    // In constant time: how much of a guess was right must not show.
    if (!MessageDigest.isEqual(tag, Arrays.copyOf(tag(sealed, end), TAG))) {
      throw new InvalidCursorException(InvalidCursorException.Reason.FORGED);
    }
    return Arrays.copyOfRange(sealed, headerLength, end);
  }

  private byte[] tag(byte[] sealed, int end) {
    mac.update(sealed, 0, end);
    return mac.doFinal();
  }
}
