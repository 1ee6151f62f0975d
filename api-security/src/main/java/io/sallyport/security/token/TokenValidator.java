package io.sallyport.security.token;

/**
 * Decides whether an access token is acceptable.
 *
 * <p>Implementations must be safe for concurrent use, must bound the time they take, and must pass
 * {@code TokenValidatorContract}. They never log or keep the token itself.
 */
@FunctionalInterface
public interface TokenValidator {
  /**
   * Verifies {@code token}, which is whatever the client sent.
   *
   * @throws TokenValidatorUnavailableException if it cannot be decided now, because keys or an
   *     issuer cannot be reached; that is no statement about the token
   */
  TokenVerdict validate(String token);
}
