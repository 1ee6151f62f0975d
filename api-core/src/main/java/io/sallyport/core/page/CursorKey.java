package io.sallyport.core.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret under which cursors are sealed, and how. Immutable and safe for concurrent use.
 *
 * <p>The key decides the algorithm, never the cursor. Its id, which stands in every cursor, is
 * derived from the secret, so that no two keys share one by mistake and a key that was replaced is
 * never taken for the new one. From the secret a key of its own is derived for each binding, that
 * is for each caller, endpoint, filter and sort: a cursor in another place fails as one that was
 * changed does, and what one caller has says nothing about another's.
 */
public final class CursorKey {
  /** The fewest bytes of a secret, which must be random: {@code openssl rand -base64 32}. */
  public static final int MIN_BYTES = 32;

  private static final int MAX_BYTES = 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final boolean encrypting;
  private final SecretKeySpec secret;
  private final byte[] label;
  private final Mac labelled;
  private final int id;

  private CursorKey(byte[] secret, boolean encrypting) {
    if (secret.length < MIN_BYTES || secret.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "secret must have "
              + MIN_BYTES
              + " to "
              + MAX_BYTES
              + " bytes, had "
              + secret.length
              + "; make one with openssl rand -base64 32, and decode it");
    }
    if (isOneByteOverAndOver(secret)) {
      throw new IllegalArgumentException(
          "secret must be random, and is one byte over and over; was it read at all?");
    }
    String algorithm = encrypting ? "AES-256-GCM" : "HMAC-SHA256";
    this.encrypting = encrypting;
    this.secret = Hmac.key(secret);
    this.label = ("sallyport cursor key, " + algorithm + "\n").getBytes(US_ASCII);
    // Fed with the label once, so that a copy of it starts behind the key's two blocks.
    this.labelled = Hmac.keyed(this.secret);
    labelled.update(label);
    byte[] idText = ("sallyport cursor key id, " + algorithm + "\n").getBytes(US_ASCII);
    this.id = ByteBuffer.wrap(Hmac.keyed(this.secret).doFinal(idText)).getInt();
  }

  /**
   * A key that hides what a cursor holds and protects it from change, by AES-256-GCM. The right
   * choice unless cursors must be readable.
   *
   * @param secret at least 32 random bytes; copied
   */
  public static CursorKey encrypting(byte[] secret) {
    return new CursorKey(secret, true);
  }

  /**
   * A key that protects a cursor from change by HMAC-SHA256, and hides nothing: whoever has a
   * cursor can read the sort values of one row.
   *
   * @param secret at least 32 random bytes; copied
   */
  public static CursorKey signingReadable(byte[] secret) {
    return new CursorKey(secret, false);
  }

  /**
   * A new encrypting key that nobody else knows: cursors are valid within this process only. For
   * development, and for a single node whose cursors may die with it.
   */
  public static CursorKey ofThisProcess() {
    byte[] secret = new byte[MIN_BYTES];
    RANDOM.nextBytes(secret);
    return new CursorKey(secret, true);
  }

  int id() {
    return id;
  }

  /** What seals and opens for {@code binding}. */
  Seal seal(byte[] binding) {
    byte[] derived = labelled().doFinal(binding);
    return encrypting ? new AesGcmSeal(derived) : new HmacSeal(derived);
  }

  private Mac labelled() {
    try {
      return (Mac) labelled.clone();
    } catch (CloneNotSupportedException e) {
      // A provider other than the JDK's may not be able to copy.
      Mac mac = Hmac.keyed(secret);
      mac.update(label);
      return mac;
    }
  }

  private static boolean isOneByteOverAndOver(byte[] secret) {
    for (byte octet : secret) {
      if (octet != secret[0]) {
        return false;
      }
    }
    return true;
  }

  /** Algorithm and id; never the secret. */
  @Override
  public String toString() {
    return (encrypting ? "encrypting" : "signing") + " cursor key " + Integer.toHexString(id);
  }
}
