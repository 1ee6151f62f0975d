package io.sallyport.security.testing;

import static io.sallyport.security.testing.TestToken.AUDIENCE;
import static io.sallyport.security.testing.TestToken.ISSUER;
import static io.sallyport.security.testing.TestToken.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.RemoteKeys;
import io.sallyport.security.token.TokenValidator;
import io.sallyport.security.token.TokenValidatorUnavailableException;
import io.sallyport.security.token.TokenVerdict.Rejected;
import io.sallyport.security.token.TokenVerdict.Verified;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteKeysTest extends TokenValidatorContract {
  private final FakeClock clock = new FakeClock();
  private final JwksServer issuer = new JwksServer(TestToken.KEYS);
  private final RemoteKeys keys = RemoteKeys.allowingPlainHttp(issuer.url(), clock);

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Override
  protected TokenValidator validator() {
    // The dates of the token stand still, so that only the age of the keys counts.
    return JwtValidator.expecting(ISSUER, AUDIENCE, keys).clock(new FakeClock()).build();
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
    issuer.fail(500);
    return validator();
  }

  @Test
  void keysAreFetchedOnceHoweverManyAskFirst() {
    TokenValidator validator = validator();
    String token = token().signed();

    boolean all =
        IntStream.range(0, 64)
            .parallel()
            .allMatch(i -> validator.validate(token) instanceof Verified);

    assertThat(all).isTrue();
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void aFloodOfInventedKeyIdsCausesOneFetchInThirtySeconds() {
    TokenValidator validator = validator();
    validator.validate(token().signed());
    flood(validator);
    assertThat(issuer.fetches()).isEqualTo(1);

    for (int halfMinutes = 1; halfMinutes <= 3; halfMinutes++) {
      clock.advance(Duration.ofSeconds(29));
      flood(validator);
      assertThat(issuer.fetches()).isEqualTo(halfMinutes);

      clock.advance(Duration.ofSeconds(1));
      flood(validator);
      assertThat(issuer.fetches()).isEqualTo(1 + halfMinutes);
    }
  }

  private static void flood(TokenValidator validator) {
    boolean refused =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToObj(i -> token().header("kid", "invented-" + i).signingInput() + ".eA")
            .allMatch(forged -> validator.validate(forged).equals(new Rejected("unknown-key")));
    assertThat(refused).isTrue();
  }

  @Test
  void aNewKeyOfTheIssuerIsFoundWithTheFirstTokenThatNamesIt() {
    TokenValidator validator = validator();
    validator.validate(token().signed());
    issuer.serve(new JWKSet(TestKeys.rsa("rsa-2", TestKeys.ATTACKER_RSA)));
    clock.advance(Duration.ofSeconds(30));

    String next = token().header("kid", "rsa-2").signed("RS256", TestKeys.ATTACKER_RSA);

    assertThat(validator.validate(next)).isInstanceOf(Verified.class);
  }

  @Test
  void aKeyThatTheIssuerRemovedStopsWorkingAfterFiveMinutes() {
    TokenValidator validator = validator();
    validator.validate(token().signed());
    issuer.awaitFetch();
    issuer.serve(new JWKSet(TestKeys.rsa("rsa-2", TestKeys.ATTACKER_RSA)));
    clock.advance(Duration.ofMinutes(5));

    validator.validate(token().signed());
    issuer.awaitFetch();
    awaitRefresh();

    assertThat(validator.validate(token().signed())).isEqualTo(new Rejected("unknown-key"));
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  /** Whoever asks for a key that is not there waits for the fetch that is under way. */
  private void awaitRefresh() {
    assertThat(keys.find(Optional.of("nobody's"))).isEmpty();
  }

  @Test
  void anOutageDoesNoHarmToKnownKeysForADay() {
    TokenValidator validator = validator();
    validator.validate(token().signed());
    issuer.fail(503);

    for (int hour = 1; hour < 24; hour++) {
      clock.advance(Duration.ofHours(1));
      assertThat(validator.validate(token().signed())).isInstanceOf(Verified.class);
    }
    clock.advance(Duration.ofHours(1));

    assertThatThrownBy(() -> validator.validate(token().signed()))
        .isInstanceOf(TokenValidatorUnavailableException.class);
  }

  @Test
  void duringAnOutageATokenUnderAnUnknownKeyIdIsUndecided() {
    TokenValidator validator = validator();
    validator.validate(token().signed());
    issuer.fail(503);
    clock.advance(Duration.ofSeconds(30));

    assertThatThrownBy(() -> validator.validate(token().header("kid", "rsa-2").signed()))
        .isInstanceOf(TokenValidatorUnavailableException.class);
    assertThat(validator.validate(token().signed())).isInstanceOf(Verified.class);
  }

  @Test
  void aColdStartRecoversASecondAfterTheIssuerDoes() {
    issuer.fail(500);
    TokenValidator validator = validator();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> validator.validate(token().signed()))
          .isInstanceOf(TokenValidatorUnavailableException.class);
    }
    assertThat(issuer.fetches()).isEqualTo(1);

    issuer.serve(TestToken.KEYS);
    clock.advance(Duration.ofSeconds(1));

    assertThat(validator.validate(token().signed())).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    issuer.fail(status);

    assertUnavailable();
    assertThat(issuer.strays()).isZero();
  }

  @Test
  void aKeySetOfMoreThanTheBoundIsNotRead() {
    issuer.serve(TestToken.KEYS.toString() + " ".repeat(600 * 1024));

    assertUnavailable();
  }

  @Test
  void aKeySetThatDoesNotAnnounceItsSizeIsBoundedWhileItIsRead() {
    issuer.withoutContentLength();
    issuer.serve(TestToken.KEYS.toString() + " ".repeat(600 * 1024));

    assertUnavailable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{}", "{\"keys\":[]}", "{\"keys\":1}", "<html>"})
  void whatIsNoKeySetIsAnOutage(String body) {
    issuer.serve(body);

    assertUnavailable();
  }

  @Test
  void aSetOfWeakKeysIsAnOutage() {
    issuer.serve(new JWKSet(TestKeys.rsa("rsa-1", TestKeys.generate("RSA", 1024))));

    assertUnavailable();
  }

  private void assertUnavailable() {
    assertThatThrownBy(() -> validator().validate(token().signed()))
        .isInstanceOf(TokenValidatorUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/keys", "ftp://idp.example/keys", "/keys", "https:keys"})
  void aUrlThatIsNotHttpsIsRefused(String url) {
    assertThatThrownBy(() -> RemoteKeys.at(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be an absolute https URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://idp.example/keys", "http://127.0.0.1.evil.example/keys"})
  void plainHttpIsAllowedOnThisMachineOnly(String url) {
    assertThatThrownBy(() -> RemoteKeys.allowingPlainHttp(URI.create(url), clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be an absolute https URL");
  }
}
