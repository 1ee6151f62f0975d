package io.sallyport.security.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.AccessDecision;
import io.sallyport.security.policy.AccessRequest;
import io.sallyport.security.policy.AuthorizationFilter;
import io.sallyport.security.policy.Policy;
import io.sallyport.security.policy.RolePolicy;
import io.sallyport.security.token.BearerTokenFilter;
import io.sallyport.security.token.TokenVerdict.Verified;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationFilterTest {
  private static final Handler OK = (request, response) -> response.setStatus(200);

  private final AtomicReference<AccessRequest> asked = new AtomicReference<>();
  private final TrailRecorder recorder = new TrailRecorder();
  private final Endpoints endpoints =
      Endpoints.of(
          get("/invoices").with(Access.action("listInvoices")).with(OK),
          post("/invoices").with(Access.action("createInvoice")).with(OK),
          get("/invoices/{id}").with(Access.action("readInvoice")).with(OK),
          get("/me").with(Access.anyAuthenticated()).with(OK),
          get("/health").with(Access.publiclyAccessible()).with(OK));
  private final Policy roles =
      RolePolicy.builder()
          .grant("viewer", "listInvoices", "readInvoice")
          .grant("accountant", "listInvoices", "readInvoice", "createInvoice")
          .build();
  private SecuredServer server =
      server(
          endpoints,
          request -> {
            asked.set(request);
            return roles.decide(request);
          });

  /** The token is the caller's role, so that each row of the table says all there is to say. */
  private SecuredServer server(Endpoints table, Policy policy) {
    return SecuredServer.of(
        ApiFilterChain.of(table)
            .with(recorder)
            .with(
                new BearerTokenFilter(
                    token ->
                        new Verified(
                            new Caller("ann", "https://idp.example", Set.of(token), Map.of()),
                            FakeClock.START)))
            .with(new AuthorizationFilter(table, policy))
            .build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /health,      -,          200, public",
    "GET,  /health,      viewer,     200, public",
    "GET,  /me,          -,          401, unauthenticated",
    "GET,  /me,          stranger,   200, authenticated",
    "GET,  /invoices,    -,          401, unauthenticated",
    "GET,  /invoices,    stranger,   403, no-role-grants-it",
    "GET,  /invoices,    VIEWER,     403, no-role-grants-it",
    "GET,  /invoices,    viewer,     200, role-viewer",
    "HEAD, /invoices,    viewer,     200, role-viewer",
    "HEAD, /invoices,    -,          401, unauthenticated",
    "POST, /invoices,    -,          401, unauthenticated",
    "POST, /invoices,    viewer,     403, no-role-grants-it",
    "POST, /invoices,    accountant, 200, role-accountant",
    "GET,  /invoices/i1, viewer,     200, role-viewer",
    "GET,  /invoices/i1, stranger,   403, no-role-grants-it"
  })
  void eachCallerMayDoWhatIsGrantedAndNothingElse(
      String method, String path, String role, int status, String reason) throws Exception {
    HttpResponse<String> response =
        role.equals("-")
            ? server.send(method, path)
            : server.send(method, path, "Authorization", "Bearer " + role);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(recorder.next("authorization").reason()).isEqualTo(reason);
  }

  @Test
  void anonymousCallersAreChallengedWithoutAnErrorCode() {
    HttpResponse<String> response = server.get("/me");

    assertThat(response.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\"");
    assertThat(response.body()).contains("urn:sallyport:unauthenticated");
  }

  @Test
  void aDeniedCallerIsNotToldWhy() {
    HttpResponse<String> response = server.withToken("stranger", "/invoices");

    assertThat(response.body())
        .contains("urn:sallyport:forbidden")
        .doesNotContain("no-role", "listInvoices");
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void thePolicyIsAskedAboutCallerActionResourceAndCircumstances() {
    server.withToken("viewer", "/invoices/i1");

    assertThat(asked.get().principal().subject()).isEqualTo("ann");
    assertThat(asked.get().action()).isEqualTo("readInvoice");
    assertThat(asked.get().resource()).isEqualTo(Map.of("id", "i1"));
    assertThat(asked.get().context()).containsEntry("clientAddress", "127.0.0.1");
  }

  @Test
  void aPolicyThatThrowsDenies() throws Exception {
    for (Policy failing :
        List.<Policy>of(AuthorizationFilterTest::fail, AuthorizationFilterTest::overflow)) {
      restart(endpoints, failing);

      HttpResponse<String> response = server.withToken("viewer", "/invoices");

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).doesNotContain("secret");
      assertThat(recorder.next("authorization").reason()).isEqualTo("policy-failed");
    }
  }

  private static AccessDecision fail(AccessRequest request) {
    throw new IllegalStateException("secret of " + request.action());
  }

  private static AccessDecision overflow(AccessRequest request) {
    throw new StackOverflowError("secret of " + request.action());
  }

  @Test
  void aPolicyThatAnswersNothingDenies() {
    restart(endpoints, request -> null);

    assertThat(server.withToken("viewer", "/invoices").statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNotDeclaredIs404EvenWhereUndeclaredPathsPass() throws Exception {
    restart(endpoints.undeclaredPassesThrough(), request -> AccessDecision.allow("all"));

    assertThat(server.withToken("viewer", "/undeclared").statusCode()).isEqualTo(404);
    Verdict verdict = recorder.next("authorization");
    assertThat(verdict.reason()).isEqualTo("not-found");
    assertThat(server.get("/undeclared").statusCode()).isEqualTo(404);
  }

  @Test
  void endpointsWithoutAccessAndActionsThatNobodyMayDoAreReportedTogether() {
    Endpoints faulty =
        Endpoints.of(
            get("/a"),
            Endpoint.delete("/b").with(Access.action("misspelt")),
            get("/c").with(Access.action("listInvoices")),
            get("/d"));
    ApiFilterChain.Builder chain =
        ApiFilterChain.of(faulty).with(new AuthorizationFilter(faulty, roles));

    StartupException refused = catchThrowableOfType(StartupException.class, chain::build);

    assertThat(refused.faults())
        .extracting(Fault::where)
        .containsExactlyInAnyOrder("GET /a", "GET /d", "DELETE /b");
    assertThat(refused)
        .hasMessageContaining("Access.publiclyAccessible()")
        .hasMessageContaining("\"misspelt\" is never allowed by the policy");
  }

  private void restart(Endpoints table, Policy policy) {
    server.close();
    server = server(table, policy);
  }
}
