package io.sallyport.core.page;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Header, nonce, ciphertext, tag: AES-256-GCM, NIST SP 800-38D, with the header as additional data.
 *
 * <p>Nonces are 96 random bits, of which one key must not see more than 2<sup>32</sup> (section
 * 8.3). The key is that of one binding, so that the limit is for one caller in one list under one
 * filter, and not for the service.
 */
final class AesGcmSeal implements Seal {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private @Nullable Cipher kept;

  AesGcmSeal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  @Override
  public byte[] close(byte[] header, byte[] payload) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    int from = header.length + NONCE;
    byte[] sealed = Arrays.copyOf(header, from + payload.length + TAG);
    System.arraycopy(nonce, 0, sealed, header.length, NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, new GCMParameterSpec(TAG * 8, nonce));
      cipher.updateAAD(header);
      cipher.doFinal(payload, 0, payload.length, sealed, from);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot encrypt with " + ALGORITHM, e);
    }
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, int headerLength) throws InvalidCursorException {
    int from = headerLength + NONCE;
    if (sealed.length < from + TAG) {
      throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
    }
    try {
      GCMParameterSpec nonce = new GCMParameterSpec(TAG * 8, sealed, headerLength, NONCE);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce);
      cipher.updateAAD(sealed, 0, headerLength);
      return cipher.doFinal(sealed, from, sealed.length - from);
    } catch (AEADBadTagException e) {
      throw new InvalidCursorException(InvalidCursorException.Reason.FORGED);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot decrypt with " + ALGORITHM, e);
    }
  }

  private Cipher cipher(int mode, GCMParameterSpec nonce) throws GeneralSecurityException {
    Cipher cipher = kept == null ? Cipher.getInstance(ALGORITHM) : kept;
    kept = cipher;
    cipher.init(mode, key, nonce);
    return cipher;
  }
}
