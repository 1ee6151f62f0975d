package io.sallyport.examples.reference.application;

/** The database did not answer in time, or at all; nothing was changed. Trying again may help. */
public final class StorageUnavailableException extends RuntimeException {
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
