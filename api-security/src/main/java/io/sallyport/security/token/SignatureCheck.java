package io.sallyport.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/** Whether a key made a token, by an algorithm of the key's own type: RFC 8725 section 3.1. */
final class SignatureCheck {
  /** The algorithms that can be allowed, all of them asymmetric: RFC 7518, RFC 8037. */
  static final Set<String> SUPPORTED =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  // SubjectPublicKeyInfo of an Ed25519 key up to the 32 bytes of the key itself, RFC 8410.
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int ED25519_BYTES = 32;

  private SignatureCheck() {}

  /** Whether {@code key} is of the type and, where it says so, for the use of {@code algorithm}. */
  static boolean suits(JWK key, String algorithm) {
    if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm)) {
      return false;
    }
    if (key instanceof RSAKey) {
      return JWSAlgorithm.Family.RSA.contains(JWSAlgorithm.parse(algorithm));
    }
    if (key instanceof OctetKeyPair pair) {
      return algorithm.equals("EdDSA") && Curve.Ed25519.equals(pair.getCurve());
    }
    Set<Curve> curves = Curve.forJWSAlgorithm(JWSAlgorithm.parse(algorithm));
    return key instanceof ECKey ec && curves != null && curves.contains(ec.getCurve());
  }

  /** Whether {@code key}, which suits the token's algorithm, signed {@code token}. */
  static boolean isSignedBy(JWK key, UnverifiedToken token) {
    try {
      if (key instanceof OctetKeyPair pair) {
        return isSignedByEd25519(pair, token);
      }
      JWSHeader header = JWSHeader.parse(new Base64URL(token.encodedHeader()));
      Base64URL signature = Base64URL.encode(token.signature());
      if (key instanceof RSAKey rsa) {
        return new RSASSAVerifier(rsa).verify(header, token.signingInput(), signature);
      }
      return key instanceof ECKey ec
          && new ECDSAVerifier(ec).verify(header, token.signingInput(), signature);
    } catch (JOSEException | ParseException | GeneralSecurityException e) {
      // The key or the signature has a form that the algorithm does not: it is not the signer's.
      return false;
    }
  }

  // By the platform: Nimbus would need Tink for it.
  private static boolean isSignedByEd25519(OctetKeyPair key, UnverifiedToken token)
      throws GeneralSecurityException {
    byte[] point = key.getDecodedX();
    if (point.length != ED25519_BYTES) {
      return false;
    }
    byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + ED25519_BYTES);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(token.signingInput());
    return verifier.verify(token.signature());
  }
}
