package io.sallyport.core.idempotency;

import java.security.MessageDigest;
import java.util.List;

/**
 * SHA-256 over what makes two requests the same. Two requests under one key with two fingerprints
 * are two operations, and the second is refused.
 *
 * <p>The bytes of the body are compared, not their meaning: a client repeats what it sent.
 */
public final class Fingerprint {
  static final int BYTES = 32;

  private final byte[] digest;

  private Fingerprint(byte[] digest) {
    this.digest = digest;
  }

  static Fingerprint ofDigest(byte[] digest) {
    return new Fingerprint(digest);
  }

  /**
   * The fingerprint of {@code texts}, such as the path, the query and header fields, and of {@code
   * body}.
   */
  public static Fingerprint of(List<String> texts, byte[] body) {
    Sha256 digest = new Sha256("sallyport fingerprint 1").add(texts.size());
    texts.forEach(digest::add);
    return new Fingerprint(digest.add(body).value());
  }

  byte[] digest() {
    return digest.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return "Fingerprint";
  }
}
