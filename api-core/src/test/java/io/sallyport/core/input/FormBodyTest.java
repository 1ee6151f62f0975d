package io.sallyport.core.input;

import static io.sallyport.core.body.Parameter.query;
import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sallyport.core.body.FormBody;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.Parameters;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static Service service;

  enum Color {
    RED
  }

  record Login(@NotBlank @Size(max = 20) String user, @NotBlank String password) {}

  record Everything(
      int count,
      Long big,
      BigDecimal amount,
      Boolean flag,
      Color color,
      UUID id,
      LocalDate day,
      @Size(max = 3) List<@NotBlank String> tags,
      List<Integer> numbers,
      Optional<Integer> maybe,
      @JsonProperty("full_name") @Size(max = 5) String name) {}

  record Positive(@Min(1) int n) {}

  record Nested(Login login, Map<String, String> map, String ok) {}

  @BeforeAll
  static void start() {
    service =
        Service.of(
            post("/login")
                .with(FormBody.of(Login.class))
                .with(Service.answer(request -> FormBody.of(request, Login.class).toString())),
            post("/all")
                .with(FormBody.of(Everything.class).maxFields(12))
                .with(Service.answer(request -> FormBody.of(request, Everything.class).toString())),
            post("/small")
                .with(FormBody.of(Login.class).maxBytes(30))
                .with(Service.answer(request -> "ok")),
            post("/both")
                .with(FormBody.of(Positive.class))
                .with(Parameters.of(query("page").integer(1, 9).optional()))
                .with(Service.answer(request -> "n=" + request.getParameter("n"))),
            get("/login").with(Service.answer(request -> "none")),
            post("/forgotten")
                .with(Service.answer(request -> FormBody.of(request, Login.class).toString())));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Service.Reply form(String target, String body) {
    return service.post(target, FORM, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aSoundFormReachesTheHandlerBound() {
    assertThat(form("/login", "user=J%C3%BCrgen+M%20x&password=a%2Bb%26c%3Dd%0D%0A").body())
        .isEqualTo("Login[user=J\u00fcrgen M x, password=a+b&c=d\r\n]");
    assertThat(
            service
                .post(
                    "/login",
                    "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
                    "user=a&password=b".getBytes(StandardCharsets.US_ASCII))
                .status())
        .isEqualTo(200);
  }

  @Test
  void textsAreConvertedToTheTypesOfTheRecord() {
    String body =
        "count=-7&big=9007199254740993&amount=0.10&flag=true&color=RED"
            + "&id=00000000-0000-0000-0000-000000000001&day=2025-01-31&tags=a&tags=b&numbers=1"
            + "&maybe=5&full_name=x";

    assertThat(form("/all", body).body())
        .isEqualTo(
            "Everything[count=-7, big=9007199254740993, amount=0.10, flag=true, color=RED,"
                + " id=00000000-0000-0000-0000-000000000001, day=2025-01-31, tags=[a, b],"
                + " numbers=[1], maybe=Optional[5], name=x]");
  }

  @ParameterizedTest
  @CsvSource({
    "count=,/count type",
    "count=1.0,/count type",
    "count=+1,/count type",
    "count=%2B1,/count type",
    "count=01,/count type",
    "count=-0,/count type",
    "count=1e2,/count type",
    "count=0x10,/count type",
    "count=2147483648,/count type",
    "count=%D9%A3,/count type",
    "count=null,/count type",
    "count=1&big=9223372036854775808,/big type",
    "count=1&amount=1e5,/amount type",
    "count=1&amount=NaN,/amount type",
    "count=1&amount=.5,/amount type",
    "count=1&flag=on,/flag type",
    "count=1&flag=TRUE,/flag type",
    "count=1&flag=1,/flag type",
    "count=1&color=red,/color type",
    "count=1&color=0,/color type",
    "count=1&id=1-1-1-1-1,/id type",
    "count=1&day=20250131,/day type",
    "count=1&numbers=1&numbers=x,/numbers/1 type",
    "count=1&maybe=,/maybe type",
    "count=1&tags=a&tags=,/tags/1 not-blank",
    "count=1&tags=a&tags=b&tags=c&tags=d,/tags size",
    "count=1&full_name=abcdef,/full_name size",
    "count=1&name=a,/name unknown-field",
    "count=1&count=2,/count duplicate",
    "count=1&Count=2,/Count unknown-field",
    "count=1&tags%5B%5D=2,/tags[] unknown-field",
    "count=1&tags%5B0%5D=2,/tags[0] unknown-field",
    "count=1&class.classLoader=2,/class.classLoader unknown-field",
    "big=1,/count required"
  })
  void nothingIsCoerced(String body, String violation) {
    Service.Reply reply = form("/all", body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("validation-failed");
    assertThat(reply.violations()).containsExactly(violation);
  }

  @Test
  void everythingThatIsWrongIsReportedAtOnce() {
    Service.Reply reply = form("/login", "user=" + "x".repeat(21) + "&role=admin&role=b&user=y");

    assertThat(reply.violations())
        .containsExactlyInAnyOrder("/user duplicate", "/role unknown-field", "/password required");
    assertThat(reply.body()).doesNotContain("admin", "xxx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user=%C0%AF&password=x",
        "user=%ED%A0%80&password=x",
        "user=%FF&password=x",
        "user=\u00fc&password=x",
        "user=%u0041&password=x",
        "user=%4&password=x",
        "user=%zz&password=x",
        "user=a%00b&password=x",
        "user=a\nb&password=x",
        "user%0A=a&password=x",
        "user=a b&password=x",
        "user=a&&password=x",
        "user=a&password=x&",
        "&user=a&password=x",
        "=a&user=a&password=x",
        "{\"user\":\"a\"}",
        "user=<script>&password=x",
        "user=a\"&password=x"
      })
  void whatCanBeReadInTwoWaysIsMalformed(String body) {
    Service.Reply reply = form("/login", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("malformed-body");
  }

  @Test
  void aSemicolonSeparatesNothing() {
    assertThat(form("/login", "user=a;password=x").violations())
        .containsExactly("/password required");
    assertThat(form("/login", "user=a;b=c&password=x").body())
        .isEqualTo("Login[user=a;b=c, password=x]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=iso-8859-1",
        "application/x-www-form-urlencoded; charset=utf-8; charset=utf-7",
        "application/x-www-form-urlencoded, text/plain",
        "application/x-www-form-urlencoded;"
      })
  void anotherMediaTypeOrCharsetIsUnsupported(String type) {
    Service.Reply reply =
        service.post("/login", type, "user=a&password=b".getBytes(StandardCharsets.US_ASCII));

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.head()).contains("Accept: application/x-www-form-urlencoded");
  }

  @Test
  void aQueryBesideAFormIsRefusedSinceAContainerWouldMergeThem() {
    String body = "user=a&password=b";

    Service.Reply reply = form("/login?user=root", body);

    assertThat(reply.code()).isEqualTo("invalid-parameters");
    assertThat(reply.violations()).containsExactly("user unknown-parameter");
    assertThat(form("/login?", body).status()).isEqualTo(200);
    assertThat(form("/login?%", body).status()).isEqualTo(400);
  }

  @Test
  void aFieldNeverComesFromTheQueryWhereOneIsDeclared() {
    assertThat(form("/both?page=2", "n=1").status()).isEqualTo(200);
    assertThat(form("/both?page=2&n=0", "n=1").violations()).containsExactly("n unknown-parameter");
    assertThat(form("/both?page=2", "m=1").violations())
        .containsExactlyInAnyOrder("/m unknown-field", "/n required");
  }

  @Test
  void aGetWithAFormIsRefused() {
    assertThat(
            service
                .send(
                    Service.head("GET", "/login", "Content-Type: " + FORM, "Content-Length: 3"),
                    "a=b".getBytes(StandardCharsets.US_ASCII))
                .code())
        .isEqualTo("bad-request");
  }

  @Test
  void sizeAndNumberAndLengthOfFieldsAreBounded() {
    String thirteen =
        IntStream.range(0, 13).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining("&"));
    String flood =
        IntStream.range(0, 9_000).mapToObj(i -> "f" + i).collect(Collectors.joining("&"));

    assertThat(form("/all", thirteen).code()).isEqualTo("malformed-body");
    assertThat(form("/all", flood).code()).isEqualTo("malformed-body");
    assertThat(form("/small", "user=a&password=" + "x".repeat(14)).status()).isEqualTo(200);
    assertThat(form("/small", "user=a&password=" + "x".repeat(15)).status()).isEqualTo(413);
    assertThat(form("/all", "x".repeat(256) + "=1&count=1").status()).isEqualTo(422);
    assertThat(form("/all", "x".repeat(257) + "=1&count=1").status()).isEqualTo(400);
    assertThat(form("/all", "count=1&full_name=" + "x".repeat(16_385)).status()).isEqualTo(400);
    assertThat(form("/login", "user=a&password=" + "x".repeat(16_384)).status()).isEqualTo(200);
    assertThat(form("/all", "count=" + "9".repeat(16_000)).violations())
        .containsExactly("/count type");
    assertThat(form("/login", "").code()).isEqualTo("malformed-body");
  }

  @Test
  void faultsAreFoundAtTheStart() {
    Endpoints table =
        Endpoints.of(
            get("/a").with(FormBody.of(Login.class)),
            post("/b").with(FormBody.of(Nested.class)),
            post("/c").with(FormBody.of(Login.class)).with(JsonBody.of(Login.class)),
            post("/d")
                .with(FormBody.of(Login.class))
                .with(Parameters.of(query("user").text(1, 9))));

    assertThat(table.faults())
        .extracting(Fault::where)
        .containsOnly("GET /a", "POST /b", "POST /c", "POST /d");
    assertThat(table.faults())
        .extracting(Fault::value)
        .contains(Nested.class.getName() + ".login", Nested.class.getName() + ".map", "user")
        .doesNotContain(Nested.class.getName() + ".ok");
  }

  @Test
  void nonsenseIsRefusedWithAWayOut() {
    assertThat(form("/forgotten", "").status()).isEqualTo(500);
    assertThatThrownBy(() -> FormBody.of(String.class)).hasMessageContaining("record");
    assertThatThrownBy(() -> FormBody.of(Login.class).maxBytes(0)).hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> FormBody.of(Login.class).maxFields(0))
        .hasMessageContaining("maxFields");
  }
}
