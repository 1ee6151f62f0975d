package io.sallyport.core.expansion;

import static io.sallyport.core.body.Parameter.query;
import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.expand.Relation.many;
import static io.sallyport.core.expand.Relation.one;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.body.Parameters;
import io.sallyport.core.body.ValidationFilter;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.expand.Expand;
import io.sallyport.core.expand.ExpandFilter;
import io.sallyport.core.expand.Expansion;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.testing.JettyServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ExpandFilterTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Expand INVOICE =
      Expand.of(
              one("customer", one("country")),
              many("lines", 20, one("product", many("images", 2))),
              many("payments", 30))
          .maxRelations(4);

  private static JettyServer server;
  private static JettyServer shadow;

  @BeforeAll
  static void start() throws Exception {
    Endpoint strict =
        get("/invoices")
            .with(INVOICE)
            .with(Parameters.of(query("limit").integer(1, 100).withDefault(20)))
            .with(relations());
    Endpoint alone = get("/alone").with(INVOICE).with(relations());
    Endpoint plain = get("/plain").with(handledBy((q, s) -> s.setStatus(204)));
    Endpoint crowd =
        get("/crowd")
            .with(Expand.of(many("lines", 20)).maxKeys(10))
            .with(
                handledBy(
                    (request, response) -> {
                      int count = Integer.parseInt(request.getHeader("Count"));
                      Map<Integer, String> loaded =
                          Expansion.of(request)
                              .load(
                                  "lines",
                                  IntStream.range(0, count).boxed().toList(),
                                  i -> i,
                                  keys -> Map.of(0, keys.size() + " keys"));
                      response.getWriter().write(loaded.getOrDefault(0, "nothing"));
                    }));
    Endpoints endpoints = Endpoints.of(strict, alone, plain, crowd);
    server = server(endpoints, new ValidationFilter(endpoints), new ExpandFilter(endpoints));
    shadow = server(endpoints, new ExpandFilter(endpoints).inShadow());
  }

  private static JettyServer server(Endpoints endpoints, ApiFilter... filters) throws Exception {
    ApiFilterChain.Builder chain = ApiFilterChain.of(endpoints);
    List.of(filters).forEach(chain::with);
    return new JettyServer("/")
        .filter(chain.withoutAccessControl().enforcedElsewhere(Parameters.class).build())
        .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
    shadow.stop();
  }

  private static Handler relations() {
    return handledBy(
        (request, response) ->
            response.getWriter().write(String.join(" ", Expansion.of(request).relations())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "customer→customer",
        "customer,lines→customer lines",
        "lines.product→lines lines.product",
        "lines.product,lines,lines.product→lines lines.product",
        "customer,customer→customer",
        "customer.country,payments→customer customer.country payments",
        "customer%2Clines→customer lines",
      })
  void pathsAskForTheirParentsAndCountOnce(String expand, String relations) throws Exception {
    for (String path : List.of("/invoices", "/alone")) {
      HttpResponse<String> answer = server.get(path + "?expand=" + expand);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(relations);
    }
  }

  @Test
  void whatIsWrongWithItIsReportedWithTheOtherParameters() throws Exception {
    HttpResponse<String> answer =
        server.get("/invoices?limit=0&expand=nothing,lines.product.images,payments,customer&x=1");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer))
        .containsExactlyInAnyOrder(
            "minimum", "unknown-parameter", "unknown-relation", "max-relations", "max-cost");
  }

  @Test
  void withoutTheParameterNothingIsExpanded() throws Exception {
    assertThat(server.get("/invoices?limit=3").body()).isEmpty();
    assertThat(server.get("/plain").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "nothing→unknown-relation",
        "Customer→unknown-relation",
        "customer.→unknown-relation",
        ".customer→unknown-relation",
        "customer,→unknown-relation",
        ",→unknown-relation unknown-relation",
        "customer,%20lines→unknown-relation",
        "product→unknown-relation",
        "customer.lines→unknown-relation",
        "lines.product.images.more→max-depth",
        "customer.country,lines.product,payments→max-relations",
        "lines.product.images,payments→max-cost",
        "lines.product.images,payments,customer→max-relations max-cost",
        "nothing,lines.product.images,payments,customer→unknown-relation max-relations max-cost",
        "customer&expand=lines→duplicate",
        "→size",
      })
  void allViolationsAreReportedAtOnce(String expand, String codes) throws Exception {
    String query = expand == null ? "" : expand;
    HttpResponse<String> answer = server.get("/alone?expand=" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"invalid-parameters\"");
    assertThat(codes(answer)).containsExactly(codes.split(" "));
    assertThat(server.get("/invoices?expand=" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void aRefusalHoldsNothingThatTheClientSentAndDoesNotGrowWithIt() throws Exception {
    HttpResponse<String> one = server.get("/alone?expand=customer,SECRET");
    HttpResponse<String> many = server.get("/alone?expand=" + "x,".repeat(255) + "x");
    HttpResponse<String> tooLong = server.get("/alone?expand=" + "x".repeat(513));

    assertThat(one.body()).contains("path 2 is not").doesNotContain("SECRET");
    assertThat(codes(many)).hasSize(20);
    assertThat(codes(tooLong)).containsExactly("size");
  }

  @Test
  void aParameterThatNobodyDeclaresIsStillRefused() throws Exception {
    HttpResponse<String> answer = server.get("/invoices?expand=customer&expanse=lines");

    assertThat(codes(answer)).containsExactly("unknown-parameter");
  }

  @Test
  void moreKeysThanAllowedAreRefusedBeforeTheStatement() throws Exception {
    assertThat(server.get("/crowd?expand=lines", "Count", "10").body()).isEqualTo("10 keys");
    assertThat(server.get("/crowd", "Count", "11").body()).isEqualTo("nothing");

    HttpResponse<String> answer = server.get("/crowd?expand=lines", "Count", "11");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("max-keys");
  }

  @Test
  void inShadowAWrongExpansionExpandsNothing() throws Exception {
    for (String query : List.of("expand=nothing,customer", "expand=customer&expand=lines", "%")) {
      HttpResponse<String> answer = shadow.get("/alone?" + query.replace("%", "expand=customer;a"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(shadow.raw("GET /alone?expand=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(shadow.get("/alone?expand=customer").body()).isEqualTo("customer");
  }

  @Test
  void aHandlerMayAskOnlyForWhatIsDeclaredAndLoadItOnce() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    Endpoint endpoint =
        get("/a")
            .with(Expand.of(one("customer")))
            .with(
                handledBy(
                    (request, response) -> {
                      Expansion expansion = Expansion.of(request);
                      thrown.add(caught(() -> expansion.includes("costumer")));
                      expansion.load("customer", List.of(1), i -> i, keys -> Map.of());
                      thrown.add(
                          caught(
                              () ->
                                  expansion.load(
                                      "customer", List.of(2), i -> i, keys -> Map.of())));
                    }));
    Endpoints endpoints = Endpoints.of(endpoint);
    JettyServer own = server(endpoints, new ExpandFilter(endpoints));
    try {
      assertThat(own.get("/a?expand=customer").statusCode()).isEqualTo(200);
    } finally {
      own.stop();
    }

    assertThat(thrown.get(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no relation costumer; it has [customer]");
    assertThat(thrown.get(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("customer is loaded once");
  }

  @Test
  void allFaultsAreReportedAtStartUp() {
    Endpoints endpoints =
        Endpoints.of(
            get("/a").with(Expand.of()),
            get("/b").with(Expand.of(one("x"), one("x"))),
            get("/c").with(Expand.of(one("x", one("y", one("z")))).maxDepth(2)),
            get("/d").with(Expand.of(one("x", one("y"))).maxRelations(1)),
            get("/e").with(Expand.of(many("x", 10, many("y", 10)))),
            get("/f")
                .with(
                    Expand.of(many("x", 1_000_000, many("y", 1_000_000, many("z", 1_000_000))))
                        .maxCost(Integer.MAX_VALUE)),
            get("/g")
                .with(Expand.of(one("x")))
                .with(Parameters.of(query("expand").text(1, 10).optional())));

    assertThatThrownBy(
            () ->
                ApiFilterChain.of(endpoints)
                    .with(new ExpandFilter(endpoints))
                    .with(new ValidationFilter(endpoints))
                    .withoutAccessControl()
                    .build())
        .isInstanceOfSatisfying(
            StartupException.class,
            e ->
                assertThat(e.faults())
                    .extracting(fault -> fault.where() + " " + fault.value() + " " + fault.rule())
                    .containsExactly(
                        "GET /a  must have a relation",
                        "GET /b x must be declared once",
                        "GET /c x.y.z must not be deeper than maxDepth, which is 2",
                        "GET /d x.y must not need more than maxRelations, which is 1",
                        "GET /e x.y must not cost more than maxCost, which is 100",
                        "GET /f x.y must not cost more than maxCost, which is 2147483647",
                        "GET /f x.y.z must not cost more than maxCost, which is 2147483647",
                        "GET /g  must be declared once"));
  }

  @Test
  void anExpansionWithoutAGuardDoesNotStart() {
    Endpoints endpoints = Endpoints.of(get("/a").with(Expand.of(one("x"))));

    assertThatThrownBy(() -> ApiFilterChain.of(endpoints).withoutAccessControl().build())
        .isInstanceOfSatisfying(
            StartupException.class,
            e -> assertThat(e.faults()).extracting(Fault::field).containsExactly("Expand"));
  }

  @Test
  void aRelationThatCannotBeAskedForCannotBeMade() {
    assertRefused(() -> one(""));
    assertRefused(() -> one("a.b"));
    assertRefused(() -> one("a,b"));
    assertRefused(() -> many("a", 0));
    assertRefused(() -> many("a", 1_000_001));
    assertRefused(() -> INVOICE.maxDepth(0));
    assertRefused(() -> INVOICE.maxRelations(0));
    assertRefused(() -> INVOICE.maxCost(0));
    assertRefused(() -> INVOICE.maxKeys(0));
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable maker) {
    assertThatThrownBy(maker).isInstanceOf(IllegalArgumentException.class);
  }

  private static Throwable caught(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return org.assertj.core.api.Assertions.catchThrowable(call);
  }

  private static List<String> codes(HttpResponse<String> answer) {
    return StreamSupport.stream(
            JSON.readTree(answer.body()).path("violations").spliterator(), false)
        .map(violation -> violation.get("code").asString())
        .toList();
  }
}
