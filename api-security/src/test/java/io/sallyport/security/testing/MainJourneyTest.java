package io.sallyport.security.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.endpoint.Endpoint.under;
import static io.sallyport.security.testing.TestToken.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.filter.ProblemFilter;
import io.sallyport.core.filter.RouteFilter;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.AuthorizationFilter;
import io.sallyport.security.policy.RolePolicy;
import io.sallyport.security.token.BearerTokenFilter;
import io.sallyport.security.token.CachingTokenValidator;
import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.RemoteKeys;
import io.sallyport.security.transport.SecurityHeaders;
import io.sallyport.security.transport.SecurityHeadersFilter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guards together, with an issuer, over HTTP. */
class MainJourneyTest {
  private final FakeClock clock = new FakeClock();
  private final TrailRecorder recorder = new TrailRecorder();
  private final JwksServer issuer = new JwksServer(TestToken.KEYS);
  private final SecuredServer server = SecuredServer.of(chain());

  private ApiFilterChain chain() {
    Handler handler =
        (request, response) ->
            response.getWriter().print(Caller.of(request).map(Caller::subject).orElse("-"));
    Endpoints endpoints =
        Endpoints.of(
            get("/health").with(Access.publiclyAccessible()).with(handler),
            under(
                    "/v1",
                    get("/invoices").with(Access.action("listInvoices")).with(handler),
                    post("/invoices").with(Access.action("createInvoice")).with(handler))
                .requiring(Access.class));
    JwtValidator jwt =
        JwtValidator.expecting(
                TestToken.ISSUER,
                TestToken.AUDIENCE,
                RemoteKeys.allowingPlainHttp(issuer.url(), clock))
            .clock(clock)
            .build();
    return ApiFilterChain.of(endpoints)
        .with(
            new AuthorizationFilter(
                endpoints,
                RolePolicy.builder()
                    .grant("viewer", "listInvoices")
                    .grant("accountant", "listInvoices", "createInvoice")
                    .build()))
        .with(new BearerTokenFilter(new CachingTokenValidator(jwt, clock)))
        .with(new SecurityHeadersFilter())
        .with(new RouteFilter(endpoints))
        .with(new ProblemFilter())
        .with(recorder)
        .nanoTime(clock)
        .build();
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  @Test
  void eachRequestIsAnsweredAsItsCallerAndEndpointAsk() {
    String viewer = token().signed();
    String accountant = token().claim("sub", "bob").claim("roles", List.of("accountant")).signed();

    assertStatus(server.get("/health"), 200);
    assertStatus(server.get("/v1/invoices"), 401);
    assertStatus(server.withToken("nonsense", "/v1/invoices"), 401);
    HttpResponse<String> listed = server.withToken(viewer, "/v1/invoices");
    assertStatus(listed, 200);
    assertThat(listed.body()).isEqualTo("ann");
    assertStatus(send("POST", "/v1/invoices", viewer), 403);
    HttpResponse<String> created = send("POST", "/v1/invoices", accountant);
    assertStatus(created, 200);
    assertThat(created.body()).isEqualTo("bob");
    assertStatus(server.withToken(viewer, "/v1/payments"), 404);
    assertStatus(send("PUT", "/v1/invoices", viewer), 405);
    assertStatus(server.withToken(viewer, "/v1/invoices;x=y"), 400);
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void atAColdStartWithoutKeysTheAnswerIs503AndPublicEndpointsWork() {
    issuer.fail(500);

    HttpResponse<String> response = server.withToken(token().signed(), "/v1/invoices");

    assertStatus(response, 503);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("urn:sallyport:unavailable").doesNotContain("127.0.0.1");
    assertStatus(server.get("/health"), 200);
  }

  @Test
  void aRememberedTokenIsRefusedOnceItHasExpired() {
    String token = token().date("exp", 20).signed();
    assertStatus(server.withToken(token, "/v1/invoices"), 200);
    clock.advance(Duration.ofSeconds(49));
    assertStatus(server.withToken(token, "/v1/invoices"), 200);

    clock.advance(Duration.ofSeconds(1));

    assertStatus(server.withToken(token, "/v1/invoices"), 401);
  }

  @Test
  void theTrailHasOneVerdictOfEachGuard() throws Exception {
    server.withToken(token().signed(), "/v1/invoices");

    assertThat(recorder.next("authorization").stage()).isEqualTo(Stage.AUTHORIZE);
  }

  private HttpResponse<String> send(String method, String path, String token) {
    return server.send(method, path, "Authorization", "Bearer " + token);
  }

  private static void assertStatus(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    for (HeaderField field : SecurityHeaders.strict().fields(false)) {
      assertThat(response.headers().allValues(field.name()))
          .as(field.name())
          .containsExactly(field.value());
    }
    if (status >= 400) {
      assertThat(response.body()).contains("\"errorId\"");
    }
  }
}
