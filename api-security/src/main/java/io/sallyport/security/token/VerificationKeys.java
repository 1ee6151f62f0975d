package io.sallyport.security.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of an issuer. Implementations must be safe for concurrent use and bound the time
 * they take.
 */
@FunctionalInterface
public interface VerificationKeys {
  /**
   * The keys with the id {@code keyId}, or all keys where a token names none; empty if there are
   * none.
   *
   * @throws TokenValidatorUnavailableException if the keys cannot be had now
   */
  List<JWK> find(Optional<String> keyId);

  /** The keys of {@code set}, for ever. Only public parts are used. */
  static VerificationKeys of(JWKSet set) {
    UsableKeys keys = UsableKeys.of(set);
    return keys::find;
  }
}
