package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.jwk.JWK;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
   * Begins a validator of tokens that {@code issuer} made for {@code audience} and signed with one
   * of {@code keys}.
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
      if (SignatureCheck.isSignedBy(key, unverified)) {
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
        || !types.contains(type.toLowerCase(Locale.ROOT))) {
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
    return keys.find(keyId).stream()
        .filter(key -> SignatureCheck.suits(key, algorithm))
        .limit(4)
        .toList();
  }

  /**
   * Collects what tokens must be; what is wrong with it is reported by {@link #build}, all at once.
   * Not safe for concurrent use.
   */
  public static final class Builder {
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final String issuer;
    private final String audience;
    private final VerificationKeys keys;
    private List<String> algorithms = List.of("RS256", "PS256", "ES256", "EdDSA");
    private Set<String> types = Set.of("at+jwt", "application/at+jwt");
    private String rolesClaim = "roles";
    private Duration skew = Duration.ofSeconds(30);
    private InstantSource clock = InstantSource.system();
    private boolean plainHttpIssuer;

    private Builder(String issuer, String audience, VerificationKeys keys) {
      this.issuer = requireNonNull(issuer, "issuer");
      this.audience = requireNonNull(audience, "audience");
      this.keys = requireNonNull(keys, "keys");
    }

    /**
     * Accepts these algorithms, and no others; {@code RS256}, {@code PS256}, {@code ES256} and
     * {@code EdDSA} (Ed25519) without.
     */
    public Builder algorithms(String... names) {
      algorithms = List.of(names);
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

    /**
     * Accepts an issuer whose name is a plain http URL of this machine, for an issuer that a
     * developer runs.
     */
    public Builder allowPlainHttpIssuerForDevelopment() {
      plainHttpIssuer = true;
      return this;
    }

    /** Takes the roles of a caller from the claim {@code name}, a list of strings. */
    public Builder rolesFrom(String name) {
      rolesClaim = requireNonNull(name, "name");
      return this;
    }

    /** Tolerates clocks that differ by {@code tolerance}, at most 5 minutes; 30 seconds without. */
    public Builder clockSkew(Duration tolerance) {
      skew = requireNonNull(tolerance, "tolerance");
      return this;
    }

    /** Tells the time by {@code source}. */
    public Builder clock(InstantSource source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /**
     * The validator.
     *
     * @throws StartupException with everything that is wrong: a blank issuer, audience or roles
     *     claim, an issuer at a plain http URL, an algorithm that is not a supported asymmetric
     *     one, a tolerance out of bounds
     */
    public JwtValidator build() {
      List<Fault> faults = new ArrayList<>();
      checkIssuer(faults);
      if (audience.isBlank()) {
        faults.add(
            fault(
                "audience",
                audience,
                "must not be blank",
                "name this service as its issuer does; a token for another one would do otherwise"));
      }
      checkAlgorithms(faults);
      if (rolesClaim.isBlank()) {
        faults.add(
            fault(
                "roles claim",
                rolesClaim,
                "must not be blank",
                "name the claim, or leave .rolesFrom(...) out for \"roles\""));
      }
      if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
        faults.add(
            fault(
                "clock skew",
                skew.toString(),
                "must be 0 to 5 minutes",
                "mend the clocks; 30 seconds is plenty where they are synchronised"));
      }
      StartupException.throwIfAny(faults);
      return new JwtValidator(this);
    }

    private void checkIssuer(List<Fault> faults) {
      if (issuer.isBlank()) {
        faults.add(
            fault("issuer", issuer, "must not be blank", "give the iss of the tokens, exactly"));
      } else if (issuer.toLowerCase(Locale.ROOT).startsWith("http:")
          && !(plainHttpIssuer && isOfThisMachine(issuer))) {
        faults.add(
            fault(
                "issuer",
                issuer,
                "must not be a plain http URL, RFC 9068 section 4",
                "use its https URL; for one on a developer's machine, at 127.0.0.1, [::1] or"
                    + " localhost, say .allowPlainHttpIssuerForDevelopment()"));
      }
    }

    private void checkAlgorithms(List<Fault> faults) {
      Set<String> refused = new TreeSet<>(algorithms);
      refused.removeAll(SignatureCheck.SUPPORTED);
      for (String algorithm : refused) {
        faults.add(
            fault(
                "algorithm",
                algorithm,
                "must be one of " + new TreeSet<>(SignatureCheck.SUPPORTED),
                "remove it; with a symmetric one whoever can verify a token can make one, and with"
                    + " none everyone can"));
      }
      if (algorithms.isEmpty()) {
        faults.add(
            fault(
                "algorithms",
                "",
                "must not be empty",
                "name what the issuer signs with, or leave .algorithms(...) out"));
      }
    }

    private static boolean isOfThisMachine(String url) {
      try {
        return LoopbackUrl.isPlainLoopback(new URI(url));
      } catch (URISyntaxException e) {
        return false;
      }
    }

    private static Fault fault(String field, String value, String rule, String remedy) {
      return new Fault("JWT validator", field, value, rule, remedy);
    }
  }
}
