package io.sallyport.core.versions;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.under;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Declaration;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.field.Item;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.testing.FakeClock;
import io.sallyport.core.testing.JettyServer;
import io.sallyport.core.version.InMemoryVersionUsage;
import io.sallyport.core.version.Version;
import io.sallyport.core.version.VersionFilter;
import io.sallyport.core.version.VersionUsage;
import io.sallyport.core.version.VersionUsageFilter;
import io.sallyport.core.version.VersionedHandler;
import io.sallyport.core.version.VersionedRequest;
import io.sallyport.core.version.Versioning;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionFilterTest {
  private static final Instant DEPRECATED = Instant.parse("2023-06-30T23:59:59Z");
  private static final Instant SUNSET = Instant.parse("2026-02-01T08:00:00Z");
  private static final Version OLD =
      Version.named("v1")
          .deprecated(DEPRECATED)
          .sunset(SUNSET)
          .deprecationPage("https://acme.example/deprecation")
          .sunsetPage("https://acme.example/sunset")
          .successor("/v2/orders");
  private static final Version NEW = Version.named("v2");

  private final FakeClock clock = new FakeClock();
  private final InMemoryVersionUsage usage = new InMemoryVersionUsage(100, clock);
  private JettyServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        server(
            under("/v1", get("/orders").id("orders-1").with(text("old")))
                .with(Versioning.byPath(OLD)),
            under(
                    "/v1",
                    get("/broken").with(handledBy((q, s) -> fail())),
                    get("/refused").with(new Refused()).with(text("never")))
                .with(Versioning.byPath(OLD)),
            under("/v2", get("/orders").id("orders-2").with(text("new")))
                .with(Versioning.byPath(NEW)),
            get("/plain").with(text("plain")),
            get("/vendor")
                .id("vendor")
                .with(Versioning.byMediaType("application/vnd.acme", OLD, NEW))
                .with(VersionedHandler.of(Map.of("v1", text("old"), "v2", text("new")))),
            get("/vendor-fallback")
                .with(Versioning.byMediaType("application/vnd.acme", OLD, NEW).fallbackTo("v2"))
                .with(VersionedHandler.of(Map.of("v1", text("old"), "v2", text("new")))),
            get("/parameter")
                .with(
                    Versioning.byParameter(
                        "application/json", Version.named("1"), Version.named("2")))
                .with(VersionedHandler.of(Map.of("1", text("1"), "2", text("2")))),
            get("/parameter-fallback")
                .with(
                    Versioning.byParameter(
                            "application/json", Version.named("1"), Version.named("2"))
                        .fallbackTo("2"))
                .with(VersionedHandler.of(Map.of("1", text("1"), "2", text("2")))));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  // By path.

  @Test
  void aVersionInThePathIsDecidedByTheRoute() throws Exception {
    assertThat(server.get("/v1/orders").body()).isEqualTo("old v1 ");
    assertThat(server.get("/v2/orders").body()).isEqualTo("new v2 ");
    assertThat(server.get("/v3/orders").statusCode()).isEqualTo(404);
    assertThat(server.get("/plain").body()).isEqualTo("plain none");
    assertThat(server.get("/v1/orders").headers().firstValue("Vary")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/v1/orders,200", "/v1/broken,500", "/v1/refused,403"})
  void aDeprecatedVersionSaysSoOnEveryStatus(String path, int status) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertDeprecated(answer);
  }

  @Test
  void theDeprecationIsAStructuredFieldThatOurParserReads() throws Exception {
    List<String> lines = server.get("/v1/orders").headers().allValues("Deprecation");

    assertThat(Item.parse(lines)).isEqualTo(Item.date(DEPRECATED));
    assertThat(Item.parse(lines).serialise()).isEqualTo("@1688169599");
  }

  @Test
  void aVersionThatLivesOnSaysNothing() throws Exception {
    HttpResponse<String> answer = server.get("/v2/orders");

    assertThat(answer.headers().map()).doesNotContainKeys("deprecation", "sunset", "link");
  }

  @Test
  void fromItsSunsetOnAVersionIsGone() throws Exception {
    clock.advance(Duration.between(clock.instant(), SUNSET).minusNanos(1));
    assertThat(server.get("/v1/orders").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofNanos(1));

    HttpResponse<String> answer = server.get("/v1/orders");

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.body()).contains("\"code\":\"gone\"");
    assertDeprecated(answer);
    assertThat(server.get("/v2/orders").statusCode()).isEqualTo(200);
    HttpResponse<String> byMediaType =
        server.get("/vendor", "Accept", "application/vnd.acme.v1+json");
    assertThat(byMediaType.statusCode()).isEqualTo(410);
    assertThat(byMediaType.headers().allValues("Vary")).contains("Accept");
    assertDeprecated(byMediaType);
  }

  private static void assertDeprecated(HttpResponse<String> answer) {
    assertThat(answer.headers().allValues("Deprecation")).containsExactly("@1688169599");
    assertThat(answer.headers().allValues("Sunset"))
        .containsExactly("Sun, 01 Feb 2026 08:00:00 GMT");
    assertThat(answer.headers().allValues("Link"))
        .containsExactly(
            "<https://acme.example/deprecation>; rel=\"deprecation\"",
            "<https://acme.example/sunset>; rel=\"sunset\"",
            "</v2/orders>; rel=\"successor-version\"");
  }

  // By media type.

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "/vendor→application/vnd.acme.v1+json→old v1 application/vnd.acme.v1+json",
        "/vendor→application/vnd.acme.v2+json→new v2 application/vnd.acme.v2+json",
        "/vendor→Application/VND.Acme.V2+JSON→new v2 application/vnd.acme.v2+json",
        "/vendor→application/vnd.acme.v2+json;charset=utf-8→new v2 application/vnd.acme.v2+json",
        "/vendor→text/html, application/vnd.acme.v1+json;q=0.1→old v1 application/vnd.acme.v1+json",
        "/vendor→application/vnd.acme.v9+json, application/vnd.acme.v2+json;q=0.5→new v2"
            + " application/vnd.acme.v2+json",
        "/vendor→application/vnd.acme.v1+json;q=0.9, application/vnd.acme.v2+json;q=0.901→new v2"
            + " application/vnd.acme.v2+json",
        "/vendor→application/vnd.acme.v2+json, application/vnd.acme.v1+json→new v2"
            + " application/vnd.acme.v2+json",
        "/vendor→application/vnd.acme.v1+json, application/vnd.acme.v2+json→old v1"
            + " application/vnd.acme.v1+json",
        "/vendor→,, application/vnd.acme.v1+json ;q=1.000 ,→old v1 application/vnd.acme.v1+json",
        "/vendor-fallback→*/*→new v2 application/vnd.acme.v2+json",
        "/vendor-fallback→application/*→new v2 application/vnd.acme.v2+json",
        "/vendor-fallback→application/vnd.acme.v9+json, */*;q=0.1→new v2"
            + " application/vnd.acme.v2+json",
        "/vendor-fallback→application/vnd.acme.v1+json, */*;q=0.1→old v1"
            + " application/vnd.acme.v1+json",
        "/vendor-fallback→application/vnd.acme.v1+json, */*→old v1 application/vnd.acme.v1+json",
        "/vendor-fallback→application/vnd.acme.v1+json;q=0.5, */*→new v2"
            + " application/vnd.acme.v2+json",
        "/vendor-fallback→*/*;q=0, application/*→new v2 application/vnd.acme.v2+json",
        "/parameter→application/json;version=1→1 1 application/json;version=1",
        "/parameter→application/json; version=\"2\"→2 2 application/json;version=2",
        "/parameter→application/json;VERSION=2;q=0.3→2 2 application/json;version=2",
        "/parameter-fallback→application/json→2 2 application/json;version=2",
        "/parameter-fallback→application/json;charset=utf-8→2 2 application/json;version=2",
        "/parameter-fallback→*/*→2 2 application/json;version=2",
        "/parameter-fallback→application/json;version=1→1 1 application/json;version=1",
      })
  void theClientNamesAVersionInAccept(String path, String accept, String expected)
      throws Exception {
    HttpResponse<String> answer = server.get(path, "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(expected);
    assertThat(answer.headers().allValues("Vary")).contains("Accept");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "/vendor→*/*",
        "/vendor→application/*",
        "/vendor→application/json",
        "/vendor→application/vnd.acme+json",
        "/vendor→application/vnd.acme.v9+json",
        "/vendor→application/vnd.acme.v1+xml",
        "/vendor→application/vnd.acme.v1+json;q=0",
        "/vendor→application/vnd.acme.v1+json;q=0.000, */*",
        "/vendor-fallback→application/vnd.acme.v9+json",
        "/vendor-fallback→application/json",
        "/vendor-fallback→text/*",
        "/vendor-fallback→*/*;q=0",
        "/vendor-fallback→*/*, application/*;q=0",
        "/vendor-fallback→application/vnd.acme.v2+json;q=0, */*",
        "/parameter→application/json",
        "/parameter→application/json;version=3",
        "/parameter→application/json;version=\"\"",
        "/parameter→text/json;version=1",
        "/parameter-fallback→application/json;version=3",
        "/parameter-fallback→application/json;version=3, application/json;q=0",
      })
  void aVersionThatIsNotDeclaredIsNotAcceptable(String path, String accept) throws Exception {
    HttpResponse<String> answer = server.get(path, "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.body()).contains("\"code\":\"not-acceptable\"");
    assertThat(answer.headers().allValues("Vary")).contains("Accept");
  }

  @Test
  void aClientThatNamesNoVersionGetsTheFallbackOnlyWhereOneIsDeclared() throws Exception {
    assertThat(server.get("/vendor").statusCode()).isEqualTo(406);
    assertThat(server.get("/parameter").statusCode()).isEqualTo(406);
    assertThat(server.get("/vendor-fallback").body()).startsWith("new v2");
    assertThat(server.get("/parameter-fallback").body()).startsWith("2 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application",
        "application/",
        "/json",
        "*/json",
        "a b/c",
        "a/b c",
        "a/b;q",
        "a/b;q=",
        "a/b;q=2",
        "a/b;q=1.001",
        "a/b;q=0.0001",
        "a/b;q=-1",
        "a/b;q=.5",
        "a/b;q=1;q=1",
        "a/b;q=0x",
        "a/b;q=1.0.",
        "a/b;version=1;version=2",
        "a/b;version=\"1",
        "a/b;=1",
        "a/b;c=\"\u0001\"",
        "a/b c/d",
        "a/b;c=(",
        "(a/b)",
        "a/b/c",
        "ä/b",
      })
  void anAcceptFieldThatCannotBeReadIsRefused(String accept) throws Exception {
    String answer =
        server.raw(
            "GET /vendor-fallback HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept: "
                + accept
                + "\r\n\r\n");

    // The container refuses some before us, with 400 as well.
    assertThat(answer).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void anAcceptFieldHasBounds() throws Exception {
    String one = "application/vnd.acme.v1+json";
    assertThat(accepting("a/b,".repeat(63) + one)).isEqualTo(200);
    assertThat(accepting("a/b,".repeat(64) + one)).isEqualTo(400);
    assertThat(accepting(one + ";a=" + "b".repeat(4095 - one.length() - 3))).isEqualTo(200);
    assertThat(accepting(one + ";a=" + "b".repeat(4096 - one.length() - 3))).isEqualTo(400);
  }

  private int accepting(String accept) throws Exception {
    return server.get("/vendor", "Accept", accept).statusCode();
  }

  // Usage.

  @Test
  void whoUsesWhichVersionIsCountedByDay() throws Exception {
    server.get("/v1/orders", "Caller", "ann");
    server.get("/v1/orders", "Caller", "ann");
    server.get("/v2/orders", "Caller", "ann");
    server.get("/v2/orders");
    clock.advance(Duration.ofDays(2));
    server.get("/v1/orders", "Caller", "ann");
    server.get("/vendor", "Caller", "ann", "Accept", "application/vnd.acme.v9+json");
    server.get("/plain", "Caller", "ann");

    LocalDate first = LocalDate.parse("2026-01-01");
    LocalDate third = LocalDate.parse("2026-01-03");
    assertThat(usage.uses())
        .containsExactly(
            new InMemoryVersionUsage.Use(
                VersionUsage.UNKNOWN, "vendor", VersionUsage.ANONYMOUS, third, third, 1),
            new InMemoryVersionUsage.Use("v1", "orders-1", "4:test:ann", first, third, 3),
            new InMemoryVersionUsage.Use("v2", "orders-2", VersionUsage.ANONYMOUS, first, first, 1),
            new InMemoryVersionUsage.Use("v2", "orders-2", "4:test:ann", first, first, 1));
  }

  @Test
  void aUsageThatCannotBeCountedEndsNoRequest() throws Exception {
    Endpoints endpoints =
        Endpoints.of(under("/v2", get("/a").with(text("a"))).with(Versioning.byPath(NEW)));
    VersionUsage broken =
        (version, endpoint, caller) -> {
          throw new IllegalStateException("full");
        };
    JettyServer other =
        new JettyServer("/")
            .filter(
                ApiFilterChain.of(endpoints)
                    .with(new VersionUsageFilter(endpoints, broken))
                    .with(new VersionFilter(endpoints, clock))
                    .withoutAccessControl()
                    .build())
            .start();
    try {
      assertThat(other.get("/v2/a").statusCode()).isEqualTo(200);
    } finally {
      other.stop();
    }
  }

  @Test
  void inShadowNoVersionIsRefusedAndNoHandlerRunsWithoutOne() throws Exception {
    Endpoints endpoints =
        Endpoints.of(
            get("/a")
                .with(Versioning.byMediaType("application/vnd.acme", NEW))
                .with(VersionedHandler.of(Map.of("v2", text("a")))),
            under("/v1", get("/b").with(text("b"))).with(Versioning.byPath(OLD)));
    JettyServer other =
        new JettyServer("/")
            .filter(
                ApiFilterChain.of(endpoints)
                    .with(new VersionFilter(endpoints, clock).inShadow())
                    .withoutAccessControl()
                    .build())
            .start();
    clock.advance(Duration.ofDays(1000));
    try {
      assertThat(other.get("/a").statusCode()).isEqualTo(406);
      assertThat(other.get("/v1/b").statusCode()).isEqualTo(200);
    } finally {
      other.stop();
    }
  }

  // Start-up.

  @Test
  void allFaultsAreReportedAtOnce() {
    Instant now = clock.instant();
    Version backwards = Version.named("v1").deprecated(now).sunset(now.minusSeconds(1));
    Version atOnce = Version.named("V1").deprecated(now).sunset(now);
    Endpoints endpoints =
        Endpoints.of(
            get("/a").with(Versioning.byMediaType("application/vnd.acme", backwards, atOnce)),
            get("/v10/b").with(Versioning.byPath(atOnce)),
            get("/c").with(Versioning.byMediaType("application/vnd.acme", NEW).fallbackTo("v3")),
            get("/v2/d").with(Versioning.byPath(NEW).fallbackTo("v2")),
            get("/e").with(Versioning.byParameter("application/json")),
            get("/f")
                .with(Versioning.byParameter("application/json", NEW))
                .with(VersionedHandler.of(Map.of("v1", text("f")))),
            get("/g").with(VersionedHandler.of(Map.of("v1", text("g")))));

    assertThatThrownBy(
            () ->
                ApiFilterChain.of(endpoints)
                    .with(new VersionFilter(endpoints, clock))
                    .withoutAccessControl()
                    .build())
        .isInstanceOfSatisfying(
            StartupException.class,
            e ->
                assertThat(e.faults())
                    .extracting(fault -> fault.where() + " " + fault.rule())
                    .containsExactly(
                        "GET /a must not end before it is deprecated, 2026-01-01T12:00:00Z",
                        "GET /a must be declared once",
                        "GET /v10/b must be a segment of the path",
                        "GET /c must be one of the versions by media type, as a fallback",
                        "GET /v2/d must be one of the versions by media type, as a fallback",
                        "GET /e must have a version",
                        "GET /f must have a handler for each declared version and no other",
                        "GET /g must have a handler for each declared version and no other"));
  }

  @Test
  void versionsWithoutAGuardDoNotStart() {
    Endpoints endpoints = Endpoints.of(get("/v2/a").with(Versioning.byPath(NEW)));

    assertThatThrownBy(() -> ApiFilterChain.of(endpoints).withoutAccessControl().build())
        .isInstanceOfSatisfying(
            StartupException.class,
            e -> assertThat(e.faults()).extracting(Fault::field).containsExactly("Versioning"));
  }

  @Test
  void aVersionThatCannotBeAnnouncedCannotBeMade() {
    assertRefused(() -> Version.named(""));
    assertRefused(() -> Version.named("a/b"));
    assertRefused(() -> Version.named("-"));
    assertRefused(() -> Version.named("v1\r\n"));
    assertRefused(() -> NEW.deprecated(Instant.parse("+10000-01-01T00:00:00Z")));
    assertRefused(() -> NEW.successor("https://a.example/>; rel=\"x"));
    assertRefused(() -> NEW.deprecationPage("https://a.example/ü"));
    assertRefused(() -> Versioning.byMediaType("application/json", NEW));
    assertRefused(() -> Versioning.byMediaType("application/vnd.Acme", NEW));
    assertRefused(() -> Versioning.byParameter("text/html", NEW));
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable maker) {
    assertThatThrownBy(maker).isInstanceOf(IllegalArgumentException.class);
  }

  private JettyServer server(Declaration... declarations) throws Exception {
    Endpoints endpoints = Endpoints.of(declarations);
    return new JettyServer("/")
        .filter(
            ApiFilterChain.of(endpoints)
                .with(new VersionUsageFilter(endpoints, usage))
                .with(new VersionFilter(endpoints, clock))
                .with(new Believing())
                .with(new RefusingGuard())
                .build())
        .start();
  }

  private static Handler text(String text) {
    return handledBy(
        (request, response) ->
            response
                .getWriter()
                .write(
                    text
                        + " "
                        + VersionedRequest.find(request)
                            .map(v -> v.version().name() + " " + v.mediaType())
                            .orElse("none")));
  }

  private static void fail() {
    throw new IllegalStateException("broken");
  }

  /** Takes the name in a header for the caller. */
  private static final class Believing extends Guard {
    @Override
    public Stage stage() {
      return Stage.AUTHENTICATE;
    }

    @Override
    public String name() {
      return "believing";
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      String name = request.getHeader("Caller");
      if (name != null) {
        exchange.authenticated(new Caller(name, "test", Set.of(), Map.of()), request);
      }
      return Decision.pass();
    }
  }

  private record Refused() implements Facet {}

  private static final class RefusingGuard extends Guard {
    @Override
    public Stage stage() {
      return Stage.AUTHORIZE;
    }

    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public Set<Class<? extends Facet>> enforces() {
      return Set.of(Refused.class);
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      boolean refused = exchange.endpoint().flatMap(e -> e.facet(Refused.class)).isPresent();
      return refused ? Decision.refuse(Problem.of(ProblemType.FORBIDDEN)) : Decision.pass();
    }
  }
}
