package io.sallyport.core.input;

import static io.sallyport.core.body.Parameter.header;
import static io.sallyport.core.body.Parameter.path;
import static io.sallyport.core.body.Parameter.query;
import static io.sallyport.core.endpoint.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.body.Parameter;
import io.sallyport.core.body.ParameterValues;
import io.sallyport.core.body.Parameters;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private static final Parameter<UUID> ID = path("id").uuid();
  private static final Parameter<Integer> LIMIT = query("limit").integer(1, 100).withDefault(20);
  private static final Parameter<String> TEXT = query("q").text(0, 5).optional();
  private static final Parameter<List<Long>> NUMBERS =
      query("n").longInteger(-5, Long.MAX_VALUE).repeated(3).optional();
  private static final String UUID_TEXT = "123e4567-e89b-12d3-a456-426614174000";

  private static Service service;

  enum Sort {
    ASC,
    DESC
  }

  @BeforeAll
  static void start() {
    service =
        Service.of(
            get("/items/{id}/{rest}")
                .with(
                    Parameters.of(
                        ID,
                        LIMIT,
                        TEXT,
                        NUMBERS,
                        query("code").text(8, Pattern.compile("[A-Z]+")).optional(),
                        query("flag").bool().optional(),
                        query("since").instant().optional(),
                        query("day").date().optional(),
                        query("sort").oneOf(Sort.class).withDefault(Sort.ASC),
                        header("X-Trace").text(1, 3).optional()))
                .with(
                    Service.answer(
                        request -> {
                          ParameterValues values = Parameters.of(request);
                          return values.value(ID)
                              + " "
                              + values.value("limit", Integer.class)
                              + " "
                              + values.find(TEXT).orElse("-")
                              + " "
                              + values.find(NUMBERS).orElse(List.of())
                              + " "
                              + values.value("sort", Sort.class);
                        })),
            get("/lax")
                .with(Parameters.of(query("a").text(1, 5)).allowUnknownQueryParameters())
                .with(Service.answer(request -> Parameters.of(request).value("a", String.class))),
            get("/undeclared").with(Service.answer(request -> "" + Parameters.of(request))));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Service.Reply items(String query, String... headers) {
    return service.get("/items/" + UUID_TEXT + "/any" + query, headers);
  }

  @Test
  void valuesReachTheHandlerTypedAndDefaultsFillIn() {
    assertThat(items("").body()).isEqualTo(UUID_TEXT + " 20 - [] ASC");
    assertThat(items("?").status()).isEqualTo(200);
    assertThat(items("?limit=100&q=a+%C3%BC&n=0&n=-5&sort=DESC").body())
        .isEqualTo(UUID_TEXT + " 100 a \u00fc [0, -5] DESC");
    assertThat(items("?q=%F0%9F%98%80abcd").status()).isEqualTo(200);
    assertThat(items("?q=").body()).isEqualTo(UUID_TEXT + " 20  [] ASC");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,limit minimum",
    "limit=101,limit maximum",
    "limit=1x,limit type",
    "limit=,limit type",
    "limit,limit type",
    "limit=01,limit type",
    "limit=%2B1,limit type",
    "limit=-0,limit type",
    "limit=1.0,limit type",
    "limit=99999999999999999999,limit type",
    "limit=%D9%A1,limit type",
    "limit=1&limit=1,limit duplicate",
    "limit=1&%6Cimit=2,limit duplicate",
    "q=abcdef,q size",
    "n=1&n=2&n=3&n=4,n size",
    "n=1&n=x,n type",
    "n=-6,n minimum",
    "code=abc,code pattern",
    "code=ABCDEFGHI,code size",
    "flag=1,flag type",
    "flag=TRUE,flag type",
    "since=2025-01-31,since type",
    "since=2025-02-30T00:00:00Z,since type",
    "day=2025-02-30,day type",
    "day=%2B12025-01-01,day type",
    "sort=asc,sort type",
    "unknown=1,unknown unknown-parameter",
    "Limit=1,Limit unknown-parameter"
  })
  void aValueThatBreaksARuleIsAViolation(String query, String violation) {
    Service.Reply reply = items("?" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("invalid-parameters");
    assertThat(reply.violations()).containsExactly(violation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flag=true",
        "since=2025-01-31T12:00:00Z",
        "since=2025-01-31T12:00:00.5%2B01:00",
        "day=2024-02-29",
        "n=9223372036854775807",
        "code=ABC"
      })
  void aValueThatKeepsTheRulesPasses(String query) {
    assertThat(items("?" + query).status()).isEqualTo(200);
  }

  @Test
  void everythingThatIsWrongIsReportedAtOnce() {
    Service.Reply reply =
        service.get("/items/1-1-1-1-1/x?limit=0&sort=x&zzz=secret", "X-Trace: abcd");

    assertThat(reply.violations())
        .containsExactly(
            "id type", "limit minimum", "sort type", "X-Trace size", "zzz unknown-parameter");
    assertThat(reply.body()).doesNotContain("secret", "abcd");
    assertThat(reply.json().path("violations").get(3).path("in").asString()).isEqualTo("header");
  }

  @Test
  void aHeaderFieldGivenTwiceIsADuplicate() {
    assertThat(items("", "X-Trace: a", "x-trace: b").violations())
        .containsExactly("X-Trace duplicate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q=%",
        "q=%4",
        "q=%zz",
        "q=%4z",
        "q=%00",
        "q=%0d%0aSet-Cookie:x",
        "q=%7f",
        "q=%C2%85",
        "q=%C0%AF",
        "q=%ED%A0%80",
        "q=%FF",
        "q=%C3",
        "q=%u0041",
        "q=<script>",
        "q=\"",
        "q=a|b",
        "q=[x]",
        "=1",
        "&",
        "q=1&",
        "&q=1",
        "q=1&&limit=1"
      })
  void aQueryThatCanBeReadInTwoWaysIsRefused(String query) {
    Service.Reply reply = items("?" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).doesNotContain("<script>");
  }

  @Test
  void aSemicolonSeparatesNothing() {
    assertThat(items("?q=a;n=1").body()).contains(" a;n=1 ");
  }

  @Test
  void lengthAndNumberOfParametersAreBounded() {
    assertThat(service.get("/lax?a=1" + "&b".repeat(99)).status()).isEqualTo(200);
    assertThat(service.get("/lax?a=1" + "&b".repeat(100)).status()).isEqualTo(400);
    assertThat(service.get("/lax?a=1&b=" + "x".repeat(8_100)).status()).isIn(200, 414, 431);
    assertThat(service.get("/lax?a=" + "x".repeat(8_200)).status()).isIn(400, 414, 431);
  }

  @Test
  void aRequiredParameterIsRequired() {
    assertThat(service.get("/lax").violations()).containsExactly("a required");
    assertThat(service.get("/lax?b=1&a=2").body()).isEqualTo("2");
  }

  @Test
  void anUndeclaredUseFailsAndSaysWhatToDo() {
    assertThat(service.get("/undeclared").status()).isEqualTo(500);
  }

  @Test
  void faultsAreFoundAtTheStart() {
    Endpoints table =
        Endpoints.of(
            get("/a/{id}").with(Parameters.of(path("ids").uuid())),
            get("/b/{id}").with(Parameters.of(path("id").uuid().optional())),
            get("/c").with(Parameters.of(query("x").bool(), query("x").bool())),
            get("/d").with(Parameters.of(header("X-A").bool(), header("x-a").bool())),
            get("/e/{id}").with(Parameters.of()));

    assertThat(table.faults())
        .extracting(Fault::where)
        .containsExactly("GET /a/{id}", "GET /b/{id}", "GET /c", "GET /d");
    assertThat(table.faults().get(0).toString()).contains("write {ids} in the path");
  }

  @Test
  void nonsenseIsRefusedWithAWayOut() {
    assertThatThrownBy(() -> query("a").integer(2, 1)).hasMessageContaining("minimum of a");
    assertThatThrownBy(() -> query("a").integer(1, 5).withDefault(6))
        .hasMessageContaining("default of a");
    assertThatThrownBy(() -> query("a").text(5, 2)).hasMessageContaining("length of a");
    assertThatThrownBy(() -> query("a").bool().repeated(1)).hasMessageContaining("2 to 100");
    assertThatThrownBy(() -> query("a").bool().withDefault(true).repeated(2))
        .hasMessageContaining("before its default");
    assertThatThrownBy(() -> header("a b")).hasMessageContaining("token");
    assertThatThrownBy(() -> query(" ")).hasMessageContaining("blank");
  }
}
