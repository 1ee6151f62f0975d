package io.sallyport.security.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.AuthorizationFilter;
import io.sallyport.security.policy.RolePolicy;
import io.sallyport.security.testing.TokenAttacks.Attack;
import io.sallyport.security.token.BearerTokenFilter;
import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.RemoteKeys;
import io.sallyport.security.transport.SecurityHeadersFilter;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(Lifecycle.PER_CLASS)
class TokenAttackTest {
  private final FakeClock clock = new FakeClock();
  private final TrailRecorder recorder = new TrailRecorder();
  private final JwksServer issuer = new JwksServer(TestToken.KEYS);
  private SecuredServer server;

  @BeforeAll
  void start() {
    Endpoints endpoints =
        Endpoints.of(
            get("/v1/invoices")
                .with(Access.action("listInvoices"))
                .with(Handler.handledBy((request, response) -> response.setStatus(200))));
    server =
        SecuredServer.of(
            ApiFilterChain.of(endpoints)
                .with(recorder)
                .with(new SecurityHeadersFilter())
                .with(
                    new BearerTokenFilter(
                        JwtValidator.expecting(
                                TestToken.ISSUER,
                                TestToken.AUDIENCE,
                                RemoteKeys.allowingPlainHttp(issuer.url(), clock))
                            .clock(clock)
                            .build()))
                .with(
                    new AuthorizationFilter(
                        endpoints, RolePolicy.builder().grant("viewer", "listInvoices").build()))
                .build());
  }

  @AfterAll
  void stop() {
    server.close();
    issuer.close();
  }

  Stream<Attack> attacks() {
    return TokenAttacks.all(issuer.at("/trap").toString()).stream();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void anAttackIsRefusedAndTheClientIsToldNothingMore(Attack attack) throws Exception {
    HttpResponse<String> response = server.withToken(attack.token(), "/v1/invoices");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"invalid_token\"");
    assertThat(response.body().replaceAll("\"errorId\":\"[0-9a-f]{32}\"", "\"errorId\":\"\""))
        .isEqualTo(
            "{\"type\":\"urn:sallyport:invalid-token\",\"title\":\"Invalid access token\","
                + "\"status\":401,\"code\":\"invalid-token\",\"errorId\":\"\"}");
    Verdict verdict = recorder.next("bearer-token");
    assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(verdict.reason()).isEqualTo(attack.reason());
    assertThat(issuer.strays()).isZero();
  }

  @Test
  void theTokenThatEveryAttackStartsFromIsAccepted() throws Exception {
    HttpResponse<String> response = server.withToken(TestToken.token().signed(), "/v1/invoices");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(recorder.next("bearer-token").outcome()).isEqualTo(Outcome.PASSED);
  }
}
