package io.sallyport.security.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.AuthorizationFilter;
import io.sallyport.security.policy.Policy;
import io.sallyport.security.policy.RolePolicy;
import io.sallyport.security.token.BearerChallenge;
import io.sallyport.security.token.BearerTokenFilter;
import io.sallyport.security.token.TokenValidator;
import io.sallyport.security.token.TokenValidatorUnavailableException;
import io.sallyport.security.token.TokenVerdict.Rejected;
import io.sallyport.security.token.TokenVerdict.Verified;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenFilterTest {
  private static final Policy NOTHING = RolePolicy.builder().build();

  private final TrailRecorder recorder = new TrailRecorder();
  private final SecuredServer server = serverWith(BearerTokenFilterTest::validate);

  private static io.sallyport.security.token.TokenVerdict validate(String token) {
    if (token.equals("down")) {
      throw new TokenValidatorUnavailableException("the issuer is away");
    }
    if (token.equals("broken")) {
      throw new IllegalStateException("a fault of the validator");
    }
    return token.equals("good")
        ? new Verified(
            new Caller("ann", "https://idp.example", Set.of(), Map.of()),
            FakeClock.START.plusSeconds(60))
        : new Rejected("not-good");
  }

  private SecuredServer serverWith(TokenValidator validator) {
    Endpoints endpoints =
        Endpoints.of(
            get("/me")
                .with(Access.anyAuthenticated())
                .with(Handler.handledBy((request, response) -> response.setStatus(200))),
            get("/public")
                .with(Access.publiclyAccessible())
                .with(
                    Handler.handledBy(
                        (request, response) ->
                            response
                                .getWriter()
                                .print(Caller.of(request).map(Caller::subject).orElse("-")))));
    return SecuredServer.of(
        ApiFilterChain.of(endpoints)
            .with(recorder)
            .with(new BearerTokenFilter(validator, BearerChallenge.of("orders api")))
            .with(new AuthorizationFilter(endpoints, NOTHING))
            .build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer good", "bearer good", "BEARER good"})
  void theSchemeIsReadInAnyCase(String credentials) {
    assertThat(server.get("/me", "Authorization", credentials).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutCredentialsTheRequestIsAnonymous() throws Exception {
    HttpResponse<String> response = server.get("/public");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("-");
    assertThat(recorder.next("bearer-token").reason()).isEqualTo("anonymous");
  }

  @Test
  void aBadTokenIsRefusedOnAPublicEndpointToo() throws Exception {
    HttpResponse<String> response = server.withToken("bad", "/public");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(challenge(response))
        .isEqualTo("Bearer realm=\"orders api\", error=\"invalid_token\"");
    assertThat(response.body()).doesNotContain("not-good");
    assertThat(recorder.next("bearer-token").reason()).isEqualTo("not-good");
  }

  @Test
  void twoAuthorizationFieldsAreRefusedWhateverTheyHold() throws Exception {
    for (String second : List.of("Bearer good", "Bearer bad", "Basic YTpi", "")) {
      assertThat(
              server.raw(
                  "GET /me HTTP/1.1", "Authorization: Bearer good", "Authorization: " + second))
          .startsWith("HTTP/1.1 400");
      assertThat(recorder.next("bearer-token").reason()).isEqualTo("several-credentials");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer good,Bearer good", "Bearer good, Basic YTpi", "Bearer ,good"})
  void credentialsJoinedByACommaAreRefused(String credentials) {
    HttpResponse<String> response = server.get("/me", "Authorization", credentials);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(challenge(response))
        .isEqualTo("Bearer realm=\"orders api\", error=\"invalid_request\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_token=good",
        "a=1&access_token=good",
        "ACCESS_TOKEN=good",
        "access%5Ftoken=good",
        "%61ccess_token=good",
        "access_token",
        "a=1;access_token=good"
      })
  void aTokenInTheQueryIsRefusedEvenBesideAGoodOne(String query) throws Exception {
    for (String path : List.of("/me?", "/public?")) {
      HttpResponse<String> response = server.withToken("good", path + query);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).doesNotContain("good");
      assertThat(recorder.next("bearer-token").reason()).isEqualTo("token-in-query");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=access_token", "access_token_hint=x", "%zz=1", "&&==", ""})
  void anyOtherQueryIsNoneOfItsBusiness(String query) {
    assertThat(server.raw("GET /me?" + query + " HTTP/1.1", "Authorization: Bearer good"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Bearertoken good", "DPoP good", "good", "Token good"})
  void anotherSchemeIsRefusedWithoutAnErrorCode(String credentials) throws Exception {
    HttpResponse<String> response = server.get("/public", "Authorization", credentials);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(challenge(response)).isEqualTo("Bearer realm=\"orders api\"");
    assertThat(recorder.next("bearer-token").reason()).isEqualTo("other-scheme");
  }

  @Test
  void theSchemeWithoutATokenIsAnInvalidRequest() throws Exception {
    assertThat(server.raw("GET /me HTTP/1.1", "Authorization: Bearer")).startsWith("HTTP/1.1 400");
    assertThat(recorder.next("bearer-token").reason()).isEqualTo("no-token");
  }

  @Test
  void anOutageIs503OnEveryEndpointAndNeverAnonymous() throws Exception {
    for (String path : List.of("/me", "/public")) {
      HttpResponse<String> response = server.withToken("down", path);

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      assertThat(response.body()).contains("urn:sallyport:unavailable").doesNotContain("away");
      assertThat(recorder.next("bearer-token").outcome()).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void aFaultyValidatorRefuses() throws Exception {
    HttpResponse<String> response = server.withToken("broken", "/public");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(recorder.next("bearer-token").outcome()).isEqualTo(Outcome.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\", "a\r\nX: y", "a\u0000", "\u00e4", "", "a\", error=\"x"})
  void aRealmThatCouldEndItsQuotesIsRefused(String realm) {
    assertThatThrownBy(() -> BearerChallenge.of(realm))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("realm must be");
  }

  private static String challenge(HttpResponse<String> response) {
    List<String> challenges = response.headers().allValues("WWW-Authenticate");
    assertThat(challenges).hasSize(1);
    return challenges.get(0);
  }
}
