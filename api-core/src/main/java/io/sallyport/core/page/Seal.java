package io.sallyport.core.page;

/**
 * Seals and opens cursors of one binding under one key. Used by one thread at a time: it keeps what
 * was costly to key, for the few cursors of one request.
 */
sealed interface Seal permits AesGcmSeal, HmacSeal {
  /** {@code header} and what seals {@code payload} to it. */
  byte[] close(byte[] header, byte[] payload);

  /**
   * The payload of {@code sealed}, which begins with a header of {@code headerLength} bytes.
   *
   * @throws InvalidCursorException if this seal did not close it
   */
  byte[] open(byte[] sealed, int headerLength) throws InvalidCursorException;
}
