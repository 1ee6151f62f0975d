package io.sallyport.security.testing;

import static io.sallyport.security.testing.TestToken.AUDIENCE;
import static io.sallyport.security.testing.TestToken.ISSUER;
import static io.sallyport.security.testing.TestToken.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.TokenValidator;
import io.sallyport.security.token.TokenValidatorUnavailableException;
import io.sallyport.security.token.TokenVerdict;
import io.sallyport.security.token.TokenVerdict.Rejected;
import io.sallyport.security.token.TokenVerdict.Verified;
import io.sallyport.security.token.VerificationKeys;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JwtValidatorTest extends TokenValidatorContract {
  private final FakeClock clock = new FakeClock();

  @Override
  protected TokenValidator validator() {
    return expecting(TestToken.KEYS).build();
  }

  @Override
  protected String acceptableToken() {
    return token().signed();
  }

  @Override
  protected String subject() {
    return "ann";
  }

  @Override
  protected TokenValidator unreachable() {
    VerificationKeys keys =
        keyId -> {
          throw new TokenValidatorUnavailableException("no keys yet");
        };
    return JwtValidator.expecting(ISSUER, AUDIENCE, keys).clock(clock).build();
  }

  private JwtValidator.Builder expecting(JWKSet keys) {
    return JwtValidator.expecting(ISSUER, AUDIENCE, VerificationKeys.of(keys)).clock(clock);
  }

  @Test
  void everyAlgorithmOfTheDefaultListVerifies() {
    assertVerified(validator().validate(token().signed("RS256", "rsa-1", TestKeys.RSA)));
    assertVerified(validator().validate(token().signed("PS256", "rsa-1", TestKeys.RSA)));
    assertVerified(validator().validate(token().signed("ES256", "ec-1", TestKeys.EC)));
    assertVerified(validator().validate(token().signed("EdDSA", "ed-1", TestKeys.ED25519)));
  }

  @Test
  void aTokenWithoutKeyIdIsVerifiedByTheKeyThatSuits() {
    assertVerified(validator().validate(token().withoutHeader("kid").signed()));
  }

  @Test
  void theCallerHasSubjectIssuerRolesAndVerifiedClaims() {
    Verified verified = (Verified) validator().validate(token().claim("tenant", "acme").signed());

    Caller caller = verified.caller();
    assertThat(caller.subject()).isEqualTo("ann");
    assertThat(caller.issuer()).isEqualTo(ISSUER);
    assertThat(caller.roles()).containsExactly("viewer");
    assertThat(caller.text("tenant")).contains("acme");
  }

  @Test
  void rolesThatAreNoListOfStringsAreNoRoles() {
    assertThat(rolesOf(token().claim("roles", "admin").signed())).isEmpty();
    assertThat(rolesOf(token().claim("roles", Map.of("admin", true)).signed())).isEmpty();
    assertThat(rolesOf(token().claim("roles", List.of(1, "viewer")).signed()))
        .containsExactly("viewer");
  }

  private Set<String> rolesOf(String token) {
    return ((Verified) validator().validate(token)).caller().roles();
  }

  @Test
  void rolesComeFromTheClaimThatIsNamed() {
    TokenValidator validator = expecting(TestToken.KEYS).rolesFrom("groups").build();

    Verified verified =
        (Verified) validator.validate(token().claim("groups", List.of("staff")).signed());

    assertThat(verified.caller().roles()).containsExactly("staff");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, true", "0, 0, false", "30, -29, true", "30, -30, false", "60, -31, true"})
  void aTokenIsExpiredAtItsExpiryPlusTheTolerance(long skew, long exp, boolean accepted) {
    TokenValidator validator =
        expecting(TestToken.KEYS).clockSkew(Duration.ofSeconds(skew)).build();

    TokenVerdict verdict = validator.validate(token().date("exp", exp).signed());

    assertThat(verdict instanceof Verified).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({"nbf, 30, true", "nbf, 31, false", "iat, 30, true", "iat, 31, false"})
  void aTokenIsNotValidBeforeItsTimeLessTheTolerance(String claim, long date, boolean accepted) {
    TokenVerdict verdict = validator().validate(token().date(claim, date).signed());

    assertThat(verdict instanceof Verified).isEqualTo(accepted);
  }

  @Test
  void theAudienceMayBeOneOfSeveral() {
    assertVerified(
        validator().validate(token().claim("aud", List.of("billing", AUDIENCE)).signed()));
  }

  @Test
  void aPlainJwtTypeIsAcceptedOnlyByTheNamedRelaxation() {
    String plain = token().header("typ", "JWT").signed();

    assertRejected(validator().validate(plain), "type");
    assertVerified(expecting(TestToken.KEYS).allowPlainJwtType().build().validate(plain));
  }

  @Test
  void anIdTokenIsRefusedThoughPlainJwtIsAllowed() {
    TokenValidator validator = expecting(TestToken.KEYS).allowPlainJwtType().build();

    assertRejected(
        validator.validate(token().header("typ", "JWT").claim("aud", "client-1").signed()),
        "audience");
    assertRejected(validator.validate(token().withoutHeader("typ").signed()), "type");
  }

  @Test
  void anAlgorithmThatIsNotListedIsRefused() {
    TokenValidator validator = expecting(TestToken.KEYS).algorithms("ES256").build();

    assertRejected(validator.validate(token().signed()), "algorithm");
  }

  @Test
  void aShortRsaKeyIsNotUsed() {
    KeyPair weak = TestKeys.generate("RSA", 1024);
    TokenValidator validator = expecting(new JWKSet(TestKeys.rsa("weak", weak))).build();

    assertRejected(
        validator.validate(token().header("kid", "weak").signed("RS256", weak)), "unknown-key");
  }

  @Test
  void aKeyForAnotherUseOrAlgorithmIsNotUsed() {
    RSAPublicKey key = (RSAPublicKey) TestKeys.RSA.getPublic();
    for (JWK other :
        List.of(
            new RSAKey.Builder(key).keyID("rsa-1").keyUse(KeyUse.ENCRYPTION).build(),
            new RSAKey.Builder(key).keyID("rsa-1").algorithm(Algorithm.parse("PS256")).build(),
            new RSAKey.Builder(key)
                .keyID("rsa-1")
                .keyOperations(Set.of(KeyOperation.ENCRYPT))
                .build())) {
      assertRejected(
          expecting(new JWKSet(other)).build().validate(token().signed()), "unknown-key");
    }
  }

  @Test
  void aTokenOfExactlyTheLargestSizeIsReadAndOneMoreCharacterIsNot() {
    int spare = 8192 - token().claim("x", "").signed().length();
    String largest = token().claim("x", "x".repeat(spare / 4 * 3 - 3)).signed();
    String larger = token().claim("x", "x".repeat(spare / 4 * 3 + 6)).signed();

    assertThat(largest.length()).isBetween(8180, 8192);
    assertThat(larger.length()).isBetween(8193, 8210);
    assertVerified(validator().validate(largest));
    assertRejected(validator().validate(larger), "malformed");
  }

  @Test
  void everyFaultOfItsConfigurationIsReportedAtOnce() {
    JwtValidator.Builder builder =
        JwtValidator.expecting("http://idp.example", " ", VerificationKeys.of(TestToken.KEYS))
            .algorithms("RS256", "HS256", "none")
            .rolesFrom("")
            .clockSkew(Duration.ofMinutes(6));

    StartupException refused = catchThrowableOfType(StartupException.class, builder::build);

    assertThat(refused.faults())
        .extracting(Fault::field, Fault::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("issuer", "http://idp.example"),
            org.assertj.core.groups.Tuple.tuple("audience", " "),
            org.assertj.core.groups.Tuple.tuple("algorithm", "HS256"),
            org.assertj.core.groups.Tuple.tuple("algorithm", "none"),
            org.assertj.core.groups.Tuple.tuple("roles claim", ""),
            org.assertj.core.groups.Tuple.tuple("clock skew", "PT6M"));
    assertThat(refused.faults()).allSatisfy(fault -> assertThat(fault.remedy()).isNotBlank());
  }

  @Test
  void aPlainHttpIssuerNeedsTheNamedRelaxationAndThisMachine() {
    VerificationKeys keys = VerificationKeys.of(TestToken.KEYS);

    JwtValidator local =
        JwtValidator.expecting("http://localhost:8080", AUDIENCE, keys)
            .allowPlainHttpIssuerForDevelopment()
            .clock(clock)
            .build();

    assertVerified(local.validate(token().claim("iss", "http://localhost:8080").signed()));
    for (String issuer : List.of("http://idp.example", "http://localhost.evil.example")) {
      JwtValidator.Builder remote =
          JwtValidator.expecting(issuer, AUDIENCE, keys).allowPlainHttpIssuerForDevelopment();
      assertThat(catchThrowableOfType(StartupException.class, remote::build).faults()).hasSize(1);
    }
    JwtValidator.Builder unnamed = JwtValidator.expecting("HTTP://localhost", AUDIENCE, keys);
    assertThat(catchThrowableOfType(StartupException.class, unnamed::build).faults()).hasSize(1);
  }

  private static void assertVerified(TokenVerdict verdict) {
    assertThat(verdict).isInstanceOf(Verified.class);
  }

  private static void assertRejected(TokenVerdict verdict, String reason) {
    assertThat(verdict).isEqualTo(new Rejected(reason));
  }
}
