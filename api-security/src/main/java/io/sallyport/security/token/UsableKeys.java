package io.sallyport.security.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a set that may verify signatures, public parts only. Immutable. */
final class UsableKeys {
  /** NIST SP 800-131A: anything shorter can be factored by those who can afford it. */
  static final int MIN_RSA_BITS = 2048;

  private static final int MAX_KEYS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(UsableKeys.class);

  private final List<JWK> keys;

  private UsableKeys(List<JWK> keys) {
    this.keys = keys;
  }

  static UsableKeys of(JWKSet set) {
    return new UsableKeys(
        set.getKeys().stream()
            .filter(UsableKeys::isUsable)
            .limit(MAX_KEYS)
            .map(JWK::toPublicJWK)
            .toList());
  }

  List<JWK> find(Optional<String> keyId) {
    if (keyId.isEmpty()) {
      return keys;
    }
    return keys.stream().filter(key -> keyId.get().equals(key.getKeyID())).toList();
  }

  private static boolean isUsable(JWK key) {
    boolean strong =
        (key instanceof RSAKey && key.size() >= MIN_RSA_BITS)
            || key instanceof ECKey
            || (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve()));
    boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    boolean verifies =
        key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    if (!strong) {
      LOG.warn("a {} key of {} bits is not used", key.getKeyType(), key.size());
    }
    return strong && signs && verifies;
  }
}
