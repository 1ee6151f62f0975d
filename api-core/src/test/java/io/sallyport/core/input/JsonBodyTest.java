package io.sallyport.core.input;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.JsonLimits;
import io.sallyport.core.body.UnvalidatedBody;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static Service service;

  record Line(@NotBlank String product, @Min(1) @Max(99) int quantity) {}

  record Invoice(
      @NotNull UUID customer,
      @NotBlank @Size(max = 10) String title,
      @NotNull @Size(min = 1, max = 3) List<@NotNull @Valid Line> lines,
      @JsonProperty("due_date") @Pattern(regexp = "[0-9-]+") String dueDate,
      Map<String, @Min(0) Integer> counts) {}

  @SuppressWarnings("ArrayRecordComponent") // arrays are read by code of their own
  record Scalars(
      Integer boxed,
      Long big,
      Boolean flag,
      String text,
      BigDecimal amount,
      Double ratio,
      Instant when,
      Color color,
      int[] numbers,
      List<String> names,
      Optional<Integer> maybe) {}

  enum Color {
    RED
  }

  record Period(int from, int to) {
    Period {
      if (from > to) {
        throw new IllegalArgumentException("from " + from + " is after " + to);
      }
    }
  }

  record Wrapper(Period first, @NotBlank String name, Period second) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Card.class, name = "card"),
    @JsonSubTypes.Type(value = Cash.class, name = "cash")
  })
  sealed interface Payment permits Card, Cash {}

  record Card(@Size(max = 4) String last4, int year) implements Payment {}

  record Cash(int amount) implements Payment {}

  record Paid(@Valid Payment payment, int number) {}

  record Open(Object anything) {}

  record Tree(Map<String, Map<String, Map<String, Map<String, Integer>>>> tree) {}

  @Retention(RetentionPolicy.RUNTIME)
  @Constraint(validatedBy = EvenHours.Check.class)
  @interface EvenHours {
    String message() default "must be even and not {limit}, ${validatedValue}";

    int limit() default 7;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The rule. */
    class Check implements ConstraintValidator<EvenHours, Integer> {
      @Override
      public boolean isValid(Integer value, ConstraintValidatorContext context) {
        return value % 2 == 0;
      }
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Constraint(validatedBy = Telling.Check.class)
  @interface Telling {
    String message() default "told";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The rule. */
    class Check implements ConstraintValidator<Telling, String> {
      @Override
      public boolean isValid(String value, ConstraintValidatorContext context) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate("not " + value).addConstraintViolation();
        return false;
      }
    }
  }

  record Custom(
      @EvenHours int hours,
      @Telling String secret,
      @Max(value = 5, message = "at most {value} please") int few) {}

  @BeforeAll
  static void start() {
    service =
        Service.of(
            echo("/invoices", JsonBody.of(Invoice.class)),
            echo("/lenient", JsonBody.of(Line.class).allowUnknownFields()),
            echo("/scalars", JsonBody.of(Scalars.class)),
            echo("/periods", JsonBody.of(Wrapper.class)),
            echo("/payments", JsonBody.of(Paid.class)),
            echo("/custom", JsonBody.of(Custom.class)),
            echo("/open", JsonBody.of(Open.class)),
            echo("/trees", JsonBody.of(Tree.class)),
            echo("/duplicates", JsonBody.of(Open.class).allowDuplicateNames()),
            echo("/small", JsonBody.of(Open.class).maxBytes(20)),
            echo("/patches", JsonBody.of(Line.class).mediaType("application/merge-patch+json")),
            echo(
                "/long",
                JsonBody.of(Open.class)
                    .limits(JsonLimits.DEFAULTS.withMaxStringLength(20_000).withMaxDepth(50))),
            post("/again")
                .with(JsonBody.of(Line.class))
                .with(
                    Service.answer(
                        request ->
                            new String(
                                    request.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                + request.getReader().readLine())),
            get("/none").with(Service.answer(request -> "none")),
            post("/none").with(Service.answer(request -> "none")),
            post("/forgotten")
                .with(Service.answer(request -> JsonBody.of(request, Line.class).toString())),
            post("/uploads")
                .with(UnvalidatedBody.upTo(10))
                .with(
                    Service.answer(
                        request -> "read " + request.getInputStream().readAllBytes().length)));
  }

  private static <T> io.sallyport.core.endpoint.Endpoint echo(String path, JsonBody<T> body) {
    return post(path)
        .with(body)
        .with(Service.answer(request -> JsonBody.of(request, body.target()).toString()));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void aSoundBodyReachesTheHandlerBound() {
    Service.Reply reply = service.post("/lenient", "{\"product\":\"p\",\"quantity\":3,\"x\":{}}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("Line[product=p, quantity=3]");
  }

  @Test
  void everythingThatIsWrongIsReportedAtOnce() {
    Service.Reply reply =
        service.post(
            "/invoices",
            """
            {"customer":"not-a-uuid","title":"far too long a title","extra":{"a":[1]},
             "lines":[{"product":"p","quantity":"1"},{"product":" ","quantity":100},{"product":"q"},
                      null,{"product":"q","quantity":null,"a/b~c":1}],
             "due_date":"soon","counts":{"a/b":-1,"c":1.5}}\
            """);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("validation-failed");
    assertThat(reply.violations())
        .containsExactlyInAnyOrder(
            "/customer type",
            "/title size",
            "/extra unknown-field",
            "/lines size",
            "/lines/0/quantity type",
            "/lines/1/product not-blank",
            "/lines/1/quantity maximum",
            "/lines/2/quantity required",
            "/lines/3 required",
            "/lines/4/quantity required",
            "/lines/4/a~1b~0c unknown-field",
            "/due_date pattern",
            "/counts/a~1b minimum",
            "/counts/c type");
    assertThat(reply.body()).doesNotContain("soon", "not-a-uuid", "far too long");
  }

  @Test
  void absentFieldsAreRequired() {
    assertThat(service.post("/invoices", "{}").violations())
        .containsExactlyInAnyOrder("/customer required", "/title required", "/lines required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'boxed':'1'}|/boxed",
        "{'boxed':1.0}|/boxed",
        "{'boxed':1.5}|/boxed",
        "{'boxed':''}|/boxed",
        "{'boxed':true}|/boxed",
        "{'boxed':2147483648}|/boxed",
        "{'boxed':[1]}|/boxed",
        "{'boxed':{'a':[1,{}]}}|/boxed",
        "{'big':9223372036854775808}|/big",
        "{'flag':1}|/flag",
        "{'flag':0}|/flag",
        "{'flag':'true'}|/flag",
        "{'flag':''}|/flag",
        "{'text':1}|/text",
        "{'text':true}|/text",
        "{'text':1.5}|/text",
        "{'amount':'1.5'}|/amount",
        "{'ratio':1e999}|/ratio",
        "{'ratio':'NaN'}|/ratio",
        "{'when':1700000000}|/when",
        "{'when':''}|/when",
        "{'when':'yesterday'}|/when",
        "{'color':0}|/color",
        "{'color':'BLUE'}|/color",
        "{'color':''}|/color",
        "{'numbers':[1,'2',3]}|/numbers/1",
        "{'numbers':[1,[2],3]}|/numbers/1",
        "{'numbers':[1,1.5]}|/numbers/1",
        "{'numbers':1}|/numbers",
        "{'numbers':''}|/numbers",
        "{'names':['a',1]}|/names/1",
        "{'names':'a'}|/names",
        "{'names':{'0':'a'}}|/names",
        "{'maybe':'1'}|/maybe",
        "[]|''",
        "[{}]|''",
        "1|''",
        "'text'|''",
        "''|''"
      },
      quoteCharacter = '"')
  void nothingIsCoerced(String body, String pointer) {
    String at = pointer.replace("''", "");

    Service.Reply reply = service.post("/scalars", body.replace('\'', '"'));

    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.violations()).containsExactly(at + " type");
  }

  @Test
  void readingGoesOnBehindEachKindOfMismatch() {
    Service.Reply reply =
        service.post(
            "/scalars",
            """
            {"boxed":{"a":[1,{"b":2}]},"numbers":[1,[2,[3]],4],"names":[1,{"x":[]},"ok",[[]]],
             "color":[],"ratio":{},"when":[[1]],"text":5,"last":1}\
            """);

    assertThat(reply.violations())
        .containsExactly(
            "/boxed type",
            "/numbers/1 type",
            "/names/0 type",
            "/names/1 type",
            "/names/3 type",
            "/color type",
            "/ratio type",
            "/when type",
            "/text type",
            "/last unknown-field");
  }

  @Test
  void aBodyThatIsNullIsRequired() {
    assertThat(service.post("/scalars", "null").violations()).containsExactly(" required");
  }

  @Test
  void anExceptionOfAConstructorIsAViolationAndTheRestIsStillRead() {
    Service.Reply reply =
        service.post(
            "/periods",
            "{\"first\":{\"from\":2,\"to\":1,\"x\":{\"y\":1}},\"name\":1,"
                + "\"second\":{\"to\":1,\"from\":5}}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.violations())
        .contains("/first invalid", "/name type", "/second invalid")
        .doesNotContain("/name required");
    assertThat(reply.body()).doesNotContain("after");
  }

  @Test
  void aTypeThatTheApiDoesNotNameIsAViolation() {
    String gadget = "org.springframework.context.support.ClassPathXmlApplicationContext";

    assertThat(
            service
                .post("/payments", "{\"payment\":{\"kind\":\"" + gadget + "\"},\"number\":1}")
                .violations())
        .containsExactly("/payment/kind type");
    assertThat(service.post("/payments", "{\"payment\":{\"x\":1},\"number\":\"1\"}").violations())
        .containsExactly("/payment type", "/number type");
    assertThat(
            service
                .post(
                    "/payments",
                    "{\"payment\":{\"kind\":\"card\",\"last4\":\"12345\",\"year\":1},\"number\":1}")
                .violations())
        .containsExactly("/payment/last4 size");
    assertThat(
            service
                .post(
                    "/payments",
                    "{\"payment\":{\"year\":1,\"kind\":\"card\",\"last4\":[],\"z\":{}},\"number\":1.5}")
                .violations())
        .contains("/number type")
        .allMatch(violation -> violation.startsWith("/payment") || violation.startsWith("/number"));
    assertThat(service.post("/open", "{\"anything\":[\"" + gadget + "\",{}]}").body())
        .isEqualTo("Open[anything=[" + gadget + ", {}]]");
  }

  @Test
  void customConstraintsHaveACodeAndNeverTellTheValue() {
    Service.Reply reply =
        service.post("/custom", "{\"hours\":13579,\"secret\":\"s3cr3t\",\"few\":6}");

    assertThat(reply.violations())
        .containsExactly("/few maximum", "/hours even-hours", "/secret telling");
    assertThat(reply.body())
        .contains("at most 5 please")
        .doesNotContain("13579", "s3cr3t", "${", "told");
  }

  @Test
  void theNumberOfViolationsIsBounded() {
    StringBuilder body = new StringBuilder("{");
    for (int i = 0; i < 2_000; i++) {
      body.append("\"").append("n".repeat(20)).append(i).append("\":1,");
    }
    body.append("\"x\":1}");

    Service.Reply reply = service.post("/scalars", body.toString());

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.violations()).hasSize(100);
  }

  @Test
  void longPointersAreCutBetweenTokens() {
    String name = "n".repeat(200);
    String body = ("{\"" + name + "\":").repeat(4) + "{\"x\":1}" + "}".repeat(4);

    assertThat(service.post("/trees", "{\"tree\":" + body + "}").violations())
        .containsExactly("/tree/" + name + "/" + name + " type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON ; charset=\"utf-8\""
      })
  void jsonInUtf8IsTaken(String type) {
    assertThat(service.post("/open", type, "{}".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=iso-8859-1",
        "application/json; charset=latin-1",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset=nonsense",
        "application/json; q=1",
        "application/json, text/plain",
        "application/jsonx",
        "application/merge-patch+json",
        "json",
        ""
      })
  void anyOtherMediaTypeIsUnsupported(String type) {
    Service.Reply reply = service.post("/open", type, "{}".getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("unsupported-media-type");
    assertThat(reply.head()).contains("Accept: application/json");
  }

  @Test
  void aDeclaredMediaTypeReplacesJson() {
    byte[] body = "{\"product\":\"p\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8);

    assertThat(service.post("/patches", "application/merge-patch+json", body).status())
        .isEqualTo(200);
    assertThat(service.post("/patches", "application/json", body).status()).isEqualTo(415);
  }

  @Test
  void twoContentTypesAreUnsupported() {
    assertThat(
            service
                .post(
                    "/open",
                    "application/json",
                    "{}".getBytes(StandardCharsets.UTF_8),
                    "Content-Type: text/plain")
                .status())
        .isIn(400, 415);
  }

  @ParameterizedTest
  @CsvSource({"gzip,415", "br,415", "'identity, gzip',415", "identity,200"})
  void anEncodedBodyIsUnsupported(String coding, int status) {
    assertThat(
            service
                .post(
                    "/open",
                    "application/json",
                    "{}".getBytes(StandardCharsets.UTF_8),
                    "Content-Encoding: " + coding)
                .status())
        .isEqualTo(status);
  }

  @Test
  void aBodyOfExactlyTheLimitIsTakenAndOneByteMoreIsNot() {
    assertThat(service.post("/small", "{\"anything\":1234567}").status()).isEqualTo(200);
    assertThat(service.post("/small", "{\"anything\":12345678}").status()).isEqualTo(413);
    assertThat(
            service
                .postChunked("/small", "{\"anything\":1234567}".getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
    assertThat(
            service
                .postChunked("/small", "{\"anything\":12345678}".getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(413);
  }

  @Test
  void anAnnouncedLengthBeyondTheLimitIsRefusedBeforeABodyIsSent() {
    Service.Reply reply =
        service.send(
            Service.head(
                "POST",
                "/open",
                "Content-Type: application/json",
                "Content-Length: 10000000",
                "Expect: 100-continue"),
            new byte[0]);

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.code()).isEqualTo("content-too-large");
  }

  @Test
  void tenMegabytesInChunksAreStoppedWhileReading() {
    byte[] body = " ".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII);

    assertThat(service.postChunked("/open", body).status()).isEqualTo(413);
  }

  @Test
  void aClientThatStopsSendingIsABadRequest() {
    Service.Reply reply =
        service.send(
            Service.head("POST", "/open", "Content-Type: application/json", "Content-Length: 100"),
            "{".getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("bad-request");
  }

  @Test
  void aBrokenChunkIsABadRequest() {
    Service.Reply reply =
        service.send(
            Service.head(
                "POST", "/open", "Content-Type: application/json", "Transfer-Encoding: chunked"),
            "5\r\n{\"a\":\r\nZZ\r\n".getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{",
        "{} {}",
        "{}x",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{/**/}",
        "{\"anything\":1,\"anything\":2}",
        "{\"anything\":{\"b\":1,\"b\":1}}",
        "{\"unknown\":{\"b\":1,\"\\u0062\":1}}",
        "{\"anything\":\"\\ud800\"}",
        "{\"anything\":\"\\udc00\\ud800\"}",
        "{\"anything\":\"\\uD83Dx\"}",
        "{\"\\udead\":1}",
        "{\"anything\":\"\u0001\"}",
        "{\"anything\":1e1000000000}",
        "{\"anything\":1E-1000000000}",
        "{\"anything\":1e+99999999999999999999}",
        "\uFEFF{}"
      })
  void whatIsNotWellFormedIsMalformed(String body) {
    Service.Reply reply = service.post("/open", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("malformed-body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"anything\":\"\\uD83D\\uDE00\"}",
        "{\"anything\":\"\\\\ud800\"}",
        "{\"anything\":\"\\u0001 \uD83D\uDE00\"}",
        "{\"anything\":1e999}",
        "{\"anything\":1e-000000000000000000000000009}",
        " {} \r\n\t"
      })
  void whatIsUnusualAndWellFormedIsTaken(String body) {
    assertThat(service.post("/open", body).status()).isEqualTo(200);
  }

  @Test
  void aBodyThatCameAsAMessageIsCheckedAlike() {
    JsonBody<Line> body = JsonBody.of(Line.class).maxBytes(40);

    assertThat(body.check("{\"product\":\"p\",\"quantity\":3}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Line("p", 3));
    assertThatThrownBy(() -> body.check("{}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("422");
    assertThatThrownBy(() -> body.check("{".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("400");
    assertThatThrownBy(() -> body.check(new byte[41])).hasMessageContaining("413");
  }

  /** Well-formed, and no database takes it as text. */
  @Test
  void aTextWithANullCharacterIsInvalid() {
    assertThat(service.post("/open", "{\"anything\":\"a\\u0000\"}").violations())
        .containsExactly("/anything characters");
    assertThat(
            service.post("/scalars", "{\"text\":\"\\u0000\",\"names\":[\"\\u0000\"]}").violations())
        .containsExactly("/text characters", "/names/0 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/trees|{\"tree\":{\"\\u0000\":{}}}|/tree characters",
        "/trees|{\"tree\":{\"a\":{\"b\\u0000\":{}}}}|/tree/a characters",
        "/open|{\"anything\":{\"a\\u0000\":1}}|/anything characters",
        "/open|{\"anything\":[{\"a\":{\"\\u0000\":1}}]}|/anything/0/a characters",
      })
  void soIsANameInAMap(String path, String body, String violation) {
    assertThat(service.post(path, body).violations()).containsExactly(violation);
  }

  @Test
  void aClientThatAsksBeforeItSendsTooMuchIsNotToldToContinue() {
    Service.Reply reply =
        service.send(
            Service.head(
                "POST",
                "/open",
                "Content-Type: application/json",
                "Content-Length: 100000",
                "Expect: 100-continue"),
            new byte[0]);

    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void ofDuplicateNamesTheLastWinsWhereTheyAreAllowed() {
    assertThat(service.post("/duplicates", "{\"anything\":1,\"anything\":2}").body())
        .isEqualTo("Open[anything=2]");
  }

  @Test
  void otherEncodingsAndIllFormedUtf8AreMalformed() {
    String body = "{\"anything\":\"\u00e9\"}";
    assertThat(service.post("/open", body.getBytes(StandardCharsets.ISO_8859_1)).code())
        .isEqualTo("malformed-body");
    assertThat(service.post("/open", body.getBytes(StandardCharsets.UTF_16)).code())
        .isEqualTo("malformed-body");
    assertThat(service.post("/open", body.getBytes(StandardCharsets.UTF_16LE)).code())
        .isEqualTo("malformed-body");
    assertThat(
            service.post("/open", body.getBytes(java.nio.charset.Charset.forName("UTF-32"))).code())
        .isEqualTo("malformed-body");
    int[][] illFormed = {
      {0xC0, 0xAF},
      {0xC1, 0x81},
      {0xE0, 0x80, 0xAF},
      {0xED, 0xA0, 0x80},
      {0xF0, 0x80, 0x80, 0xAF},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0x80},
      {0xFF},
      {0xE2, 0x82},
      {0xC3}
    };
    for (int[] bytes : illFormed) {
      StringBuilder text = new StringBuilder("{\"anything\":\"");
      for (int b : bytes) {
        text.append((char) b);
      }
      Service.Reply reply =
          service.post(
              "/open", text.append("\"}").toString().getBytes(StandardCharsets.ISO_8859_1));
      assertThat(reply.code()).as("%s", (Object) bytes).isEqualTo("malformed-body");
    }
  }

  @Test
  void aMalformedBodyIsAnsweredWithLineAndColumnAndNoExcerpt() {
    Service.Reply reply = service.post("/open", "{\n  \"secret\": hunter2\n}");

    assertThat(reply.json().path("detail").asString())
        .startsWith("The body is not well-formed JSON at line 2, column ");
    assertThat(reply.body()).doesNotContain("hunter", "secret", "jackson");
  }

  @Test
  void jsonBeyondALimitIsMalformed() {
    assertThat(service.post("/open", "[".repeat(60_000)).code()).isEqualTo("malformed-body");
    assertThat(service.post("/open", nested(31)).status()).isEqualTo(200);
    assertThat(service.post("/open", nested(32)).status()).isEqualTo(400);
    assertThat(service.post("/long", nested(32)).status()).isEqualTo(200);
    assertThat(service.post("/open", "{\"anything\":\"" + "x".repeat(16_385) + "\"}").status())
        .isEqualTo(400);
    assertThat(service.post("/long", "{\"anything\":\"" + "x".repeat(16_385) + "\"}").status())
        .isEqualTo(200);
    assertThat(service.post("/open", "{\"" + "x".repeat(257) + "\":1}").status()).isEqualTo(400);
    assertThat(service.post("/open", "{\"anything\":" + "9".repeat(129) + "}").status())
        .isEqualTo(400);
    assertThat(service.post("/open", "{\"anything\":[" + "1,".repeat(10_000) + "1]}").status())
        .isEqualTo(400);
    assertThat(service.post("/lenient", "{\"x\":\"" + "x".repeat(16_385) + "\"}").status())
        .isEqualTo(400);
  }

  @Test
  void aHundredThousandLevelsAreRefused() {
    byte[] body = "{\"a\":".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    assertThat(service.postChunked("/open", body).status()).isEqualTo(413);
  }

  private static String nested(int depth) {
    return "{\"anything\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  @Test
  void theBodyCanBeReadAgainByStreamAndReader() {
    String body = "{\"product\":\"\u00fc\",\"quantity\":1}";

    assertThat(service.post("/again", body).body()).isEqualTo(body + body);
  }

  @Test
  void inShadowInvalidInputPassesOnAndCanBeReadWhole() {
    try (Service shadow =
        Service.inShadow(
            post("/again")
                .with(JsonBody.of(Line.class).maxBytes(100))
                .with(
                    Service.answer(
                        request ->
                            new String(
                                request.getInputStream().readAllBytes(),
                                StandardCharsets.UTF_8))))) {
      for (String body :
          List.of("{\"nothing\":1}", "{", "{\"long\":\"" + "x".repeat(10_000) + "\"}", "")) {
        Service.Reply whole = shadow.post("/again", body);
        assertThat(whole.body()).isEqualTo(body);
        assertThat(whole.head()).contains("validation=SHADOW_REFUSED");
        if (!body.isEmpty()) {
          assertThat(shadow.postChunked("/again", body.getBytes(StandardCharsets.UTF_8)).body())
              .isEqualTo(body);
        }
      }
    }
  }

  @Test
  void anEndpointWithoutABodyRefusesOne() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

    assertThat(service.get("/none").status()).isEqualTo(200);
    assertThat(service.get("/none", "Content-Length: 0").status()).isEqualTo(200);
    assertThat(service.post("/none", body).code()).isEqualTo("bad-request");
    assertThat(service.postChunked("/none", body).code()).isEqualTo("bad-request");
    assertThat(service.send(Service.head("GET", "/none", "Content-Length: 2"), body).status())
        .isEqualTo(400);
  }

  @Test
  void anUnvalidatedBodyIsStillHeldToItsSize() {
    assertThat(service.post("/uploads", "image/png", new byte[10]).body()).isEqualTo("read 10");
    assertThat(service.post("/uploads", "image/png", new byte[11]).status()).isEqualTo(413);
    assertThat(service.postChunked("/uploads", new byte[10]).body()).isEqualTo("read 10");
    assertThat(service.postChunked("/uploads", new byte[11]).status()).isEqualTo(413);
  }

  @Test
  void faultsAreFoundAtTheStart() {
    Endpoints table =
        Endpoints.of(
            get("/a").with(JsonBody.of(Line.class)),
            post("/b").with(JsonBody.of(Runnable.class)),
            post("/c").with(JsonBody.of(Misdeclared.class)));

    assertThat(table.faults()).extracting(Fault::field).containsOnly("JsonBody");
    assertThat(table.faults()).extracting(Fault::where).contains("GET /a", "POST /b", "POST /c");
  }

  record Misdeclared(@Size(max = 3) int number) {}

  @Test
  void nonsenseIsRefusedWithAWayOut() {
    assertThatThrownBy(() -> JsonBody.of(Line.class).maxBytes(0)).hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> JsonBody.of(int.class)).hasMessageContaining("use a record");
    assertThatThrownBy(() -> JsonBody.of(Line.class).mediaType("text/plain"))
        .hasMessageContaining("mediaType");
    assertThatThrownBy(() -> JsonLimits.DEFAULTS.withMaxDepth(0)).hasMessageContaining("maxDepth");
    assertThatThrownBy(() -> UnvalidatedBody.upTo(0)).hasMessageContaining("maxBytes");
  }
}
