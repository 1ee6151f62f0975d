package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts records at rest: AES-GCM under the newest key, with the operation as associated data, so
 * that a record moved to another operation does not open. Immutable and safe for concurrent use.
 *
 * <p>To rotate, first make every node able to {@link #alsoReading} the new key, then let it write;
 * keep the old one until the longest lifetime of a record has passed. Nonces are random, so write
 * no more than 2<sup>32</sup> records under one key.
 */
public final class RecordEncryption {
  private static final int FORMAT = 0x45;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = 2;

  private final @Nullable Integer writing;
  private final Map<Integer, SecretKey> keys;
  private final boolean plainAccepted;
  private final SecureRandom random;

  private RecordEncryption(
      @Nullable Integer writing,
      Map<Integer, SecretKey> keys,
      boolean plainAccepted,
      SecureRandom random) {
    this.writing = writing;
    this.keys = keys;
    this.plainAccepted = plainAccepted;
    this.random = random;
  }

  /** Records as they are, for a store that nobody else can read. */
  static RecordEncryption none() {
    return new RecordEncryption(null, Map.of(), true, new SecureRandom());
  }

  /**
   * Encryption under {@code key}, of 16 or 32 bytes, known as {@code id}.
   *
   * @param id 0 to 255, written with each record
   */
  public static RecordEncryption aesGcm(int id, SecretKey key) {
    return new RecordEncryption(checkId(id), Map.of(id, checked(key)), false, new SecureRandom());
  }

  /** This, which can also read what was written under {@code key}. */
  public RecordEncryption alsoReading(int id, SecretKey key) {
    Map<Integer, SecretKey> more = new HashMap<>(keys);
    if (more.putIfAbsent(checkId(id), checked(key)) != null) {
      throw new IllegalArgumentException("id must be unique among the keys, was twice " + id);
    }
    return new RecordEncryption(writing, Map.copyOf(more), plainAccepted, random);
  }

  /**
   * This, which also reads records that are not encrypted: for the time, one lifetime of a record,
   * after encryption was switched on. Whoever can write to the store can then forge answers.
   */
  public RecordEncryption acceptPlainRecords() {
    return new RecordEncryption(writing, keys, true, random);
  }

  byte[] seal(OperationId operation, byte[] plain) {
    if (writing == null) {
      return plain;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] header = {FORMAT, writing.byteValue()};
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, requireNonNull(keys.get(writing)), nonce);
      cipher.updateAAD(header);
      cipher.updateAAD(associated(operation));
      byte[] sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + sealed.length)
          .put(header)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM must be able to encrypt", e);
    }
  }

  /**
   * @throws UnreadableRecordException if the record was not written for {@code operation} by who
   *     has the key
   */
  byte[] open(OperationId operation, byte[] stored) {
    boolean sealed = stored.length > 0 && stored[0] == FORMAT;
    if (!sealed) {
      if (plainAccepted) {
        return stored;
      }
      throw new UnreadableRecordException("a record that is not encrypted");
    }
    if (stored.length < HEADER_BYTES + NONCE_BYTES) {
      throw new UnreadableRecordException("an encrypted record that was cut off");
    }
    int id = Byte.toUnsignedInt(stored[1]);
    SecretKey key = keys.get(id);
    if (key == null) {
      throw new UnreadableRecordException("a record under the key " + id + ", which is not here");
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    byte[] header = new byte[HEADER_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    buffer.get(header).get(nonce);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
      cipher.updateAAD(header);
      cipher.updateAAD(associated(operation));
      return cipher.doFinal(stored, buffer.position(), buffer.remaining());
    } catch (GeneralSecurityException e) {
      throw new UnreadableRecordException("a record that does not open", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] associated(OperationId operation) {
    return operation.storeKey().getBytes(StandardCharsets.UTF_8);
  }

  private static int checkId(int id) {
    if (id < 0 || id > 255) {
      throw new IllegalArgumentException("id must be 0 to 255, was " + id);
    }
    return id;
  }

  private static SecretKey checked(SecretKey key) {
    byte[] raw = requireNonNull(key, "key").getEncoded();
    if (!key.getAlgorithm().equals("AES")) {
      throw new IllegalArgumentException("key must be for AES, was for " + key.getAlgorithm());
    }
    // A key in a hardware module shows no bytes; the cipher will refuse a wrong one.
    if (raw != null && raw.length != 16 && raw.length != 32) {
      throw new IllegalArgumentException(
          "key must have 16 or 32 bytes, had " + raw.length + "; make one with KeyGenerator");
    }
    return key;
  }

  @Override
  public String toString() {
    return writing == null ? "RecordEncryption none" : "RecordEncryption under key " + writing;
  }
}
