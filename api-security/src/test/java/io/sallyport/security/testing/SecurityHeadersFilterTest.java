package io.sallyport.security.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.AuthorizationFilter;
import io.sallyport.security.policy.RolePolicy;
import io.sallyport.security.transport.SecurityHeaders;
import io.sallyport.security.transport.SecurityHeadersFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class SecurityHeadersFilterTest {
  private static final String CSP = "Content-Security-Policy";

  private final ApiFilterChain chain = chain();
  private final SecuredServer server = SecuredServer.of(chain);

  private static Endpoint open(String path, Handler handler) {
    return get(path).with(Access.publiclyAccessible()).with(handler);
  }

  private static ApiFilterChain chain() {
    Endpoints endpoints =
        Endpoints.of(
            open("/ok", (request, response) -> response.getWriter().print("{}")),
            open("/added", (request, response) -> response.addHeader("x-frame-options", "DENY")),
            open(
                "/throws",
                (request, response) -> {
                  response.setHeader(CSP, "default-src *");
                  throw new IllegalStateException("on purpose");
                }),
            open(
                "/error",
                (request, response) -> {
                  response.setHeader(CSP, "default-src *");
                  response.sendError(404, "nothing");
                }),
            open(
                "/reset",
                (request, response) -> {
                  response.setHeader(CSP, "default-src *");
                  response.reset();
                  response.setStatus(202);
                }),
            open(
                "/stream",
                (request, response) -> {
                  for (int i = 0; i < 10; i++) {
                    response.getOutputStream().write(new byte[10_000]);
                    response.flushBuffer();
                  }
                }),
            open(
                "/async",
                (request, response) -> {
                  AsyncContext async = request.startAsync(request, response);
                  async.start(
                      () -> {
                        response.reset();
                        response.setStatus(201);
                        async.complete();
                      });
                }),
            open(
                "/dispatch",
                (request, response) -> {
                  if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    response.reset();
                    response.setStatus(203);
                  } else {
                    request.startAsync().dispatch();
                  }
                }),
            open(
                "/dispatch-throws",
                (request, response) -> {
                  if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    response.setHeader(CSP, "default-src *");
                    throw new IllegalStateException("on purpose");
                  }
                  request.startAsync().dispatch();
                }),
            open(
                "/override",
                (request, response) -> {
                  if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    return;
                  }
                  response.setHeader("Cache-Control", "max-age=60");
                  response.addHeader(CSP, "default-src 'self'");
                  if (request.getQueryString() != null) {
                    request.startAsync().dispatch();
                  }
                }),
            get("/secret").with(Access.anyAuthenticated()));
    return ApiFilterChain.of(endpoints)
        .with(new SecurityHeadersFilter())
        .with(new AuthorizationFilter(endpoints, RolePolicy.builder().build()))
        .build();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,     /ok,              200",
    "HEAD,    /ok,              200",
    "GET,     /added,           200",
    "OPTIONS, /ok,              204",
    "POST,    /ok,              405",
    "GET,     /secret,          401",
    "GET,     /nowhere,         404",
    "GET,     /a;b,             400",
    "GET,     /throws,          500",
    "GET,     /error,           404",
    "GET,     /reset,           202",
    "GET,     /stream,          200",
    "GET,     /async,           201",
    "GET,     /dispatch,        203",
    "GET,     /dispatch-throws, 500"
  })
  void everyResponseHasEachFieldExactlyOnce(String method, String path, int status) {
    HttpResponse<String> response = server.send(method, path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertHas(response, SecurityHeaders.strict().fields(false));
    assertThat(response.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ok", "/secret", "/nowhere", "/throws"})
  void overTlsHstsIsAmongThem(String path) {
    try (SecuredServer secure = SecuredServer.secure(chain)) {
      HttpResponse<String> response = secure.get(path);

      assertHas(response, SecurityHeaders.strict().fields(true));
      assertThat(response.headers().allValues("Strict-Transport-Security"))
          .containsExactly("max-age=63072000; includeSubDomains");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/override", "/override?async"})
  void aHandlerMayOverrideADefaultDeliberately(String path) {
    HttpResponse<String> response = server.get(path);

    assertThat(response.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    assertThat(response.headers().allValues(CSP)).containsExactly("default-src 'self'");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @Test
  void theStrictSetIsTheOneThatOwaspAsksFor() {
    assertThat(SecurityHeaders.strict().fields(true))
        .extracting(HeaderField::name)
        .contains(
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cache-Control",
            "Permissions-Policy",
            "Cross-Origin-Resource-Policy");
    assertThat(value("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(value("Cache-Control")).isEqualTo("no-store");
    assertThat(value("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(value("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }

  @Test
  void hstsIsNeverShorterThanADay() {
    assertThatThrownBy(() -> SecurityHeaders.withHsts(Duration.ofHours(23)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SecurityHeaders.withoutHsts().fields(true))
        .extracting(HeaderField::name)
        .doesNotContain("Strict-Transport-Security");
  }

  private static String value(String name) {
    return SecurityHeaders.strict().fields(true).stream()
        .filter(field -> field.name().equals(name))
        .map(HeaderField::value)
        .findFirst()
        .orElseThrow();
  }

  private static void assertHas(HttpResponse<String> response, List<HeaderField> fields) {
    assertThat(fields)
        .allSatisfy(
            field ->
                assertThat(response.headers().allValues(field.name()))
                    .as(field.name())
                    .containsExactly(field.value()));
  }
}
