package io.sallyport.security.token;

/** It could not be decided whether a token is acceptable. Never means that it is not. */
public final class TokenValidatorUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Not decided, for a reason that names no token. */
  public TokenValidatorUnavailableException(String message) {
    super(message);
  }

  /** Not decided, because of {@code cause}. */
  public TokenValidatorUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
