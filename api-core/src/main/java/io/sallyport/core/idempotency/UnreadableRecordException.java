package io.sallyport.core.idempotency;

/**
 * Thrown when a record exists and cannot be read: it was tampered with, its key is gone, or it is
 * of another version. Nobody can then tell whether the operation was done, so it is refused.
 */
public final class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRecordException(String what) {
    super(what);
  }

  UnreadableRecordException(String what, Throwable cause) {
    super(what, cause);
  }
}
