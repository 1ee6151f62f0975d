package io.sallyport.core.input;

import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.body.JsonBody;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;

class InputProperties {
  private static final JsonMapper JSON = new JsonMapper();
  private static Service service;

  @SuppressWarnings("ArrayRecordComponent") // arrays are read by code of their own
  record Node(
      @Size(max = 3) String a,
      int b,
      List<Node> c,
      Map<String, Integer> d,
      double[] e,
      java.util.Optional<java.time.Instant> f) {}

  @BeforeContainer
  static void start() {
    service =
        Service.of(
            post("/nodes").with(JsonBody.of(Node.class)).with(Service.answer(request -> "ok")));
  }

  @AfterContainer
  static void stop() {
    service.close();
  }

  @Property(tries = 300)
  void randomBytesAreNeverAnInternalError(@ForAll byte[] body) {
    assertThat(service.post("/nodes", body).status()).isIn(200, 400, 422);
  }

  @Property(tries = 500)
  void randomSequencesOfTokensAreNeverAnInternalError(@ForAll("texts") String body) {
    assertThat(service.post("/nodes", body).status()).as(body).isIn(200, 400, 422);
  }

  @Property(tries = 700)
  void randomValuesOfWrongTypesAreInvalidAndNeverAnInternalError(@ForAll("nodes") String body) {
    assertThat(service.post("/nodes", body).status()).as(body).isIn(200, 422);
  }

  @Property(tries = 300)
  void thePointerOfAnUnknownFieldLeadsBackToItsName(@ForAll("names") String name) {
    String body = JSON.writeValueAsString(Map.of("b", 1, "c", List.of(Map.of("b", 1, name, 1))));

    Service.Reply reply = service.post("/nodes", body);

    String pointer = reply.json().path("violations").get(0).path("pointer").asString();
    JsonPointer parsed = JsonPointer.compile(pointer);
    assertThat(parsed.tail().tail().getMatchingProperty()).isEqualTo(name);
    assertThat(JSON.readTree(body).at(parsed).intValue()).isEqualTo(1);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("~/01ab\"\\ \u00e9\t")
        .ofMaxLength(12)
        .filter(name -> !List.of("a", "b", "c", "d", "e", "f").contains(name));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"c\"",
            "1",
            "-0.0e5",
            "true",
            "null",
            "\"\\ud83d\"",
            " ",
            "1e99999",
            "\u0000",
            "\uFEFF",
            "\"")
        .list()
        .ofMaxSize(24)
        .map(tokens -> String.join("", tokens));
  }

  @Provide
  Arbitrary<String> nodes() {
    return value(3).list().ofSize(6).map(InputProperties::node);
  }

  private static String node(List<String> values) {
    return "{\"a\":%s,\"b\":%s,\"c\":%s,\"d\":%s,\"e\":%s,\"f\":%s}".formatted(values.toArray());
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> scalar =
        Arbitraries.of("1", "1.5", "1e999", "\"\"", "\"text\"", "true", "null", "{}", "[]");
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<List<String>> inner =
        Arbitraries.lazy(() -> value(depth - 1)).list().ofMinSize(1).ofMaxSize(6);
    return Arbitraries.oneOf(
        scalar,
        inner.map(values -> "[" + String.join(",", values) + "]"),
        inner.map(values -> "{\"k\":" + values.get(0) + "}"),
        inner.map(
            values -> {
              List<String> six = new java.util.ArrayList<>(values);
              while (six.size() < 6) {
                six.add("null");
              }
              return "[" + node(six) + "," + values.get(0) + "]";
            }));
  }
}
