package io.sallyport.examples.reference.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sallyport.examples.reference.config.TokenSource;
import io.sallyport.examples.reference.domain.TenantId;
import io.sallyport.examples.reference.domain.User;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DevelopmentIssuerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final User ALICE =
      new User(new TenantId("acme"), "alice", "Alice", Set.of("accountant"));

  private static DevelopmentIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    issuer =
        DevelopmentIssuer.start(
            new TokenSource.Development("https://issuer.test", "https://api.test"),
            InstantSource.fixed(NOW));
  }

  @AfterAll
  static void stop() throws Exception {
    issuer.stop();
  }

  @Test
  void aTokenSaysWhoItIsForAndHoldsAnHour() throws Exception {
    SignedJWT token = SignedJWT.parse(issuer.tokenFor(ALICE));

    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(token.getHeader().getType()).hasToString("at+jwt");
    assertThat(claims.getIssuer()).isEqualTo("https://issuer.test");
    assertThat(claims.getAudience()).containsExactly("https://api.test");
    assertThat(claims.getSubject()).isEqualTo("alice");
    assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");
    assertThat(claims.getStringListClaim("roles")).isEqualTo(List.of("accountant"));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plus(Duration.ofHours(1))));
    assertThat(claims.getJWTID()).isNotEmpty();
  }

  @Test
  void thePublishedKeyVerifiesATokenAndIsPublicOnly() throws Exception {
    SignedJWT token = SignedJWT.parse(issuer.tokenFor(ALICE));

    JWKSet keys = JWKSet.parse(fetch(issuer.jwks()).body());

    assertThat(keys.containsNonPublicKeys()).isFalse();
    assertThat(
            token.verify(
                new RSASSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
        .isTrue();
  }

  @Test
  void nothingElseIsServedAndNobodyCanAskForAToken() throws Exception {
    assertThat(fetch(issuer.jwks().resolve("/dev/token")).statusCode()).isEqualTo(404);
    assertThat(issuer.jwks().getHost()).isEqualTo("127.0.0.1");
  }

  private static HttpResponse<String> fetch(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
