package io.sallyport.core.cache;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * An entity tag, RFC 9110 section 8.8.3.
 *
 * @param opaque what is between the quotes: visible ASCII without quotes
 * @param weak whether it names an equivalent representation rather than an identical one
 */
public record ETag(String opaque, boolean weak) {
  /** The longest tag that is read, in characters; what is longer is none of ours. */
  static final int MAX_LENGTH = 256;

  public ETag {
    if (!isOpaque(requireNonNull(opaque, "opaque"))) {
      throw new IllegalArgumentException(
          "opaque must be up to " + MAX_LENGTH + " visible ASCII characters without quotes");
    }
  }

  /** A strong tag: changes with every byte of the representation. */
  public static ETag strong(String opaque) {
    return new ETag(opaque, false);
  }

  /** A weak tag: changes when the meaning of the representation does. Never matches If-Match. */
  public static ETag weak(String opaque) {
    return new ETag(opaque, true);
  }

  /** A strong tag for the version of a row, as {@code If-Match} needs. */
  public static ETag ofVersion(long version) {
    return strong("v" + version);
  }

  /** A strong tag of {@code parts}: the first 128 bits of their SHA-256. */
  static ETag ofBytes(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII));
      digest.update((byte) ':');
      digest.update(part);
    }
    byte[] half = java.util.Arrays.copyOf(digest.digest(), 16);
    return strong(Base64.getUrlEncoder().withoutPadding().encodeToString(half));
  }

  /** The tag that {@code value} is, without anything around it. */
  public static Optional<ETag> parse(String value) {
    boolean weak = value.startsWith("W/");
    int from = weak ? 2 : 0;
    if (value.length() < from + 2
        || value.charAt(from) != '"'
        || value.charAt(value.length() - 1) != '"') {
      return Optional.empty();
    }
    String opaque = value.substring(from + 1, value.length() - 1);
    return isOpaque(opaque) ? Optional.of(new ETag(opaque, weak)) : Optional.empty();
  }

  /** Whether both are strong and the same, RFC 9110 section 8.8.3.2. */
  public boolean matchesStrongly(ETag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Whether both are the same, weak or not. */
  public boolean matchesWeakly(ETag other) {
    return opaque.equals(other.opaque);
  }

  /** The value of an {@code ETag} field. */
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + "\"";
  }

  // RFC 9110 allows bytes beyond ASCII as well; no header field of ours has any, and containers
  // differ in how they read them, so such a tag is not valid here and matches nothing.
  private static boolean isOpaque(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x21 || c > 0x7E || c == '"') {
        return false;
      }
    }
    return true;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
