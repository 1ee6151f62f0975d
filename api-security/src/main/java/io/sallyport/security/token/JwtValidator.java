package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Validates JWT access tokens, RFC 9068, by the best current practice of RFC 8725.
 *
 * <p>Immutable and safe for concurrent use. Whatever is not expected is refused: the algorithm is
 * taken from an allowlist of asymmetric ones, never from the token; keys come from the issuer's key
 * set alone, and a token that brings or points to a key is refused.
 *
 * <pre>{@code
 * JwtValidator.expecting("https://idp.example", "orders", RemoteKeys.at(jwksUrl)).build();
 * }</pre>
 */
public final class JwtValidator implements TokenValidator {
  private static final Set<String> REFUSED_HEADERS =
      Set.of("crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc");
  private static final int MAX_KEY_ID = 256;

  private final VerificationKeys keys;
  private final Set<String> algorithms;
  private final Set<String> types;
  private final ClaimRules claims;

  private JwtValidator(Builder builder) {
    this.keys = builder.keys;
    this.algorithms = Set.copyOf(builder.algorithms);
    this.types = builder.types;
    this.claims =
        new ClaimRules(
            builder.issuer, builder.audience, builder.rolesClaim, builder.skew, builder.clock);
  }

  /**
   * Begins a validator of tokens that {@code issuer} made for {@code audience}.
   *
   * @throws IllegalArgumentException if issuer or audience is blank
   */
  public static Builder expecting(String issuer, String audience, VerificationKeys keys) {
    return new Builder(issuer, audience, keys);
  }

  @Override
  public TokenVerdict validate(String token) {
    Optional<UnverifiedToken> parsed = UnverifiedToken.parse(token);
    if (parsed.isEmpty()) {
      return new TokenVerdict.Rejected("malformed");
    }
    UnverifiedToken unverified = parsed.get();
    Optional<String> refused = refuseHeader(unverified.header());
    if (refused.isPresent()) {
      return new TokenVerdict.Rejected(refused.get());
    }
    List<JWK> candidates = candidates(unverified.header());
    if (candidates.isEmpty()) {
      return new TokenVerdict.Rejected("unknown-key");
    }
    for (JWK key : candidates) {
      if (isSignedBy(key, unverified)) {
        return claims.check(unverified.claims());
      }
    }
    return new TokenVerdict.Rejected("bad-signature");
  }

  private Optional<String> refuseHeader(Map<String, Object> header) {
    if (!(header.get("alg") instanceof String algorithm) || !algorithms.contains(algorithm)) {
      return Optional.of("algorithm");
    }
    if (!(header.get("typ") instanceof String type)
        || !types.contains(type.toLowerCase(java.util.Locale.ROOT))) {
      return Optional.of("type");
    }
    if (header.keySet().stream().anyMatch(REFUSED_HEADERS::contains)) {
      return Optional.of("header-parameter");
    }
    Object keyId = header.get("kid");
    boolean usable = keyId instanceof String id && !id.isEmpty() && id.length() <= MAX_KEY_ID;
    return !header.containsKey("kid") || usable ? Optional.empty() : Optional.of("key-id");
  }

  private List<JWK> candidates(Map<String, Object> header) {
    String algorithm = String.valueOf(header.get("alg"));
    Optional<String> keyId =
        header.get("kid") instanceof String id ? Optional.of(id) : Optional.empty();
    // Without a key id, only as many attempts as an issuer has keys during a rotation: a signature
    // check is what a client could make us do over and over.
    return keys.find(keyId).stream().filter(key -> suits(key, algorithm)).limit(4).toList();
  }

  private static boolean suits(JWK key, String algorithm) {
    if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm)) {
      return false;
    }
    JWSAlgorithm named = JWSAlgorithm.parse(algorithm);
    if (key instanceof RSAKey) {
      return JWSAlgorithm.Family.RSA.contains(named);
    }
    return key instanceof ECKey ec
        && com.nimbusds.jose.jwk.Curve.forJWSAlgorithm(named) != null
        && com.nimbusds.jose.jwk.Curve.forJWSAlgorithm(named).contains(ec.getCurve());
  }

  private static boolean isSignedBy(JWK key, UnverifiedToken token) {
    try {
      JWSHeader header = JWSHeader.parse(new Base64URL(token.encodedHeader()));
      Base64URL signature = Base64URL.encode(token.signature());
      if (key instanceof RSAKey rsa) {
        return new RSASSAVerifier(rsa).verify(header, token.signingInput(), signature);
      }
      return key instanceof ECKey ec
          && new ECDSAVerifier(ec).verify(header, token.signingInput(), signature);
    } catch (JOSEException | ParseException e) {
      // The key or the signature has a form that the algorithm does not: it is not the signer's.
      return false;
    }
  }

  /** Collects what tokens must be. Not safe for concurrent use. */
  public static final class Builder {
    private static final Set<String> SUPPORTED =
        Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final String issuer;
    private final String audience;
    private final VerificationKeys keys;
    private Set<String> algorithms = Set.of("RS256", "PS256", "ES256");
    private Set<String> types = Set.of("at+jwt", "application/at+jwt");
    private String rolesClaim = "roles";
    private Duration skew = Duration.ofSeconds(30);
    private InstantSource clock = InstantSource.system();

    private Builder(String issuer, String audience, VerificationKeys keys) {
      this.issuer = notBlank(issuer, "issuer");
      this.audience = notBlank(audience, "audience");
      this.keys = requireNonNull(keys, "keys");
    }

    /**
     * Accepts these algorithms, and no others; {@code RS256}, {@code PS256} and {@code ES256}
     * without.
     *
     * @throws IllegalArgumentException if one is not a supported asymmetric signature algorithm
     */
    public Builder algorithms(String... names) {
      List<String> refused = new ArrayList<>(List.of(names));
      refused.removeAll(SUPPORTED);
      if (!refused.isEmpty() || names.length == 0) {
        throw new IllegalArgumentException(
            "algorithms must be some of "
                + new java.util.TreeSet<>(SUPPORTED)
                + ", was "
                + List.of(names)
                + "; a symmetric one would let everyone who can verify a token make one");
      }
      algorithms = new LinkedHashSet<>(List.of(names));
      return this;
    }

    /**
     * Accepts {@code typ: JWT} as well as {@code at+jwt}, for an issuer that does not follow RFC
     * 9068. Its ID tokens are then told from access tokens by {@code aud} alone.
     */
    public Builder allowPlainJwtType() {
      types = Set.of("at+jwt", "application/at+jwt", "jwt");
      return this;
    }

    /** Takes the roles of a caller from the claim {@code name}, a list of strings. */
    public Builder rolesFrom(String name) {
      rolesClaim = notBlank(name, "name");
      return this;
    }

    /**
     * Tolerates clocks that differ by {@code tolerance}, 30 seconds without.
     *
     * @throws IllegalArgumentException if it is negative or more than five minutes
     */
    public Builder clockSkew(Duration tolerance) {
      if (tolerance.isNegative() || tolerance.compareTo(MAX_SKEW) > 0) {
        throw new IllegalArgumentException(
            "clock skew must be 0 to 5 minutes, was " + tolerance + "; mend the clocks instead");
      }
      skew = tolerance;
      return this;
    }

    /** Tells the time by {@code source}. */
    public Builder clock(InstantSource source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /** The validator. */
    public JwtValidator build() {
      return new JwtValidator(this);
    }

    private static String notBlank(String value, String name) {
      if (requireNonNull(value, name).isBlank()) {
        throw new IllegalArgumentException(
            name + " must not be blank; without it a token for another service would do");
      }
      return value;
    }
  }
}
