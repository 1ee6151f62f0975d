package io.sallyport.core.store;

/**
 * Thrown when a store cannot say whether an operation took effect: it is down, too slow, or full. A
 * change may or may not have been made, so do not repeat it blindly; a guard that meets it refuses
 * with 503. Messages hold neither keys nor values.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What could not be done, without key or value, and why. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What could not be done, without key or value. */
  public StoreUnavailableException(String message) {
    super(message);
  }
}
