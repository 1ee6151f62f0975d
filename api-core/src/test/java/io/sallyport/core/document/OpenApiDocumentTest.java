package io.sallyport.core.document;

import static io.sallyport.core.body.Parameter.path;
import static io.sallyport.core.body.Parameter.query;
import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.Parameters;
import io.sallyport.core.body.ValidationFilter;
import io.sallyport.core.describe.Answers;
import io.sallyport.core.describe.Undocumented;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.openapi.OpenApiDocument;
import io.sallyport.core.openapi.OpenApiEndpoints;
import io.sallyport.core.openapi.OpenApiInfo;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.testing.JettyServer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiDocumentTest {
  enum Colour {
    RED,
    BLUE
  }

  record Tree(@NotNull UUID id, @Size(max = 3) List<@NotNull @Valid Tree> children) {}

  record Sample(
      @NotBlank @Size(min = 2, max = 9) String name,
      @JsonProperty("other_name") @Pattern(regexp = "a|b") String renamed,
      @Pattern(regexp = "(?i)a") String javaOnly,
      @Max(7) int small,
      @Positive Long many,
      @DecimalMin(value = "0.5", inclusive = false) BigDecimal share,
      @NotNull Colour colour,
      @NotEmpty Map<String, @Size(max = 5) @NotNull String> labels,
      Tree tree) {}

  record Shown(String always, @Nullable String perhaps, List<@Nullable String> some) {}

  @Test
  void aBodyIsDescribedAsItIsBound() {
    JsonNode schema = schemas(post("/a").with(JsonBody.of(Sample.class))).path("Sample");

    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(texts(schema.path("required"))).containsExactly("colour", "labels", "name", "small");
    JsonNode of = schema.path("properties");
    assertThat(of.path("name").path("minLength").asInt()).isEqualTo(2);
    assertThat(of.path("name").path("maxLength").asInt()).isEqualTo(9);
    assertThat(texts(of.path("other_name").path("type"))).containsExactly("string", "null");
    assertThat(of.path("other_name").path("pattern").asString()).isEqualTo("^(?:a|b)$");
    assertThat(of.path("javaOnly").has("pattern")).isFalse();
    assertThat(of.path("javaOnly").path("description").asString()).contains("(?i)a");
    assertThat(of.path("small").path("maximum").asInt()).isEqualTo(7);
    assertThat(of.path("many").path("minimum").asInt()).isEqualTo(1);
    assertThat(of.path("share").path("exclusiveMinimum").asString()).isEqualTo("0.5");
    assertThat(texts(of.path("colour").path("enum"))).containsExactly("RED", "BLUE");
    assertThat(of.path("labels").path("minProperties").asInt()).isEqualTo(1);
    assertThat(of.path("labels").path("additionalProperties").path("maxLength").asInt())
        .isEqualTo(5);
    assertThat(of.path("tree").path("anyOf").get(0).path("$ref").asString())
        .isEqualTo("#/components/schemas/Tree");
  }

  @Test
  void aTypeThatRefersToItselfIsDescribedOnce() {
    JsonNode tree = schemas(post("/a").with(JsonBody.of(Tree.class))).path("Tree");

    assertThat(tree.path("properties").path("children").path("items").path("$ref").asString())
        .isEqualTo("#/components/schemas/Tree");
  }

  @Test
  void anAnswerMayBeNullWhereJSpecifySaysSo() {
    JsonNode shown = schemas(get("/a").with(Answers.with(200, Shown.class))).path("Shown");

    assertThat(shown.has("additionalProperties")).isFalse();
    assertThat(texts(shown.path("required"))).containsExactly("always", "perhaps", "some");
    JsonNode of = shown.path("properties");
    assertThat(of.path("always").path("type").asString()).isEqualTo("string");
    assertThat(texts(of.path("perhaps").path("type"))).containsExactly("string", "null");
    assertThat(texts(of.path("some").path("items").path("type"))).containsExactly("string", "null");
  }

  @Test
  void whatNotBlankAcceptsIsWhatThePatternAccepts() {
    java.util.regex.Pattern pattern =
        java.util.regex.Pattern.compile(
            schemas(post("/a").with(JsonBody.of(Sample.class)))
                .path("Sample")
                .path("properties")
                .path("name")
                .path("pattern")
                .asString());

    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String text = String.valueOf(c);
      assertThat(pattern.matcher(text).find()).as("U+%04X", (int) c).isEqualTo(!text.isBlank());
    }
  }

  @Test
  void parametersAndProblemsOfFacetsAndGuardsAreToldByStatus() {
    Endpoints endpoints =
        Endpoints.of(
            get("/a/{id}/{free}")
                .with(Parameters.of(path("id").uuid(), query("limit").integer(1, 9).withDefault(3)))
                .with(Answers.withoutBody(204).refusing(ProblemType.NOT_FOUND)));

    JsonNode operation = document(endpoints).path("paths").path("/a/{id}/{free}").path("get");

    JsonNode parameters = operation.path("parameters");
    assertThat(parameters.get(0).path("schema").path("format").asString()).isEqualTo("uuid");
    assertThat(parameters.get(1).path("schema").path("default").asInt()).isEqualTo(3);
    assertThat(parameters.get(1).path("required").asBoolean(true)).isFalse();
    assertThat(parameters.get(2).path("name").asString()).isEqualTo("free");
    assertThat(operation.path("responses").propertyNames())
        .contains("204", "400", "404", "414", "431", "500")
        .doesNotContain("200", "415", "422");
  }

  @Test
  void theSameTableGivesTheSameBytes() {
    assertThat(sample().json()).isEqualTo(sample().json());
    assertThat(sample().yaml()).isEqualTo(sample().yaml());
  }

  @Test
  void whatIsUndocumentedIsLeftOut() {
    Endpoints endpoints = Endpoints.of(get("/a"), get("/b").with(new Undocumented()));

    assertThat(document(endpoints).path("paths").propertyNames()).containsExactly("/a");
  }

  @Test
  void aTableWithFaultsHasNoDocument() {
    Endpoints faulty = Endpoints.of(get("a"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenApiDocument.of(faulty, OpenApiInfo.of("A", "1"), List.of()))
        .withMessageContaining("must start with a slash");
  }

  @Test
  void untilItIsPublishedTheDocumentIsUnavailable() throws Exception {
    OpenApiEndpoints documentation = OpenApiEndpoints.of(new Undocumented());
    Endpoints endpoints = Endpoints.of(documentation.group());
    ApiFilterChain chain = ApiFilterChain.of(endpoints).withoutAccessControl().build();
    JettyServer server = new JettyServer("/app").filter(chain).start();
    try {
      assertThat(server.get("/app/openapi.json").statusCode()).isEqualTo(503);
      documentation.publish(OpenApiDocument.of(endpoints, OpenApiInfo.of("A", "1"), chain));
      assertThat(server.get("/app/openapi.json").statusCode()).isEqualTo(200);
      assertThat(server.send("HEAD", "/app/openapi.json").body()).isEmpty();
    } finally {
      server.stop();
    }
  }

  private static OpenApiDocument sample() {
    return OpenApiDocument.of(
        Endpoints.of(post("/a").with(JsonBody.of(Sample.class))),
        OpenApiInfo.of("A", "1"),
        List.of());
  }

  private static JsonNode document(Endpoints endpoints) {
    ApiFilterChain chain =
        ApiFilterChain.of(endpoints)
            .with(new ValidationFilter(endpoints))
            .withoutAccessControl()
            .build();
    return OpenApiDocument.of(endpoints, OpenApiInfo.of("A", "1"), chain).tree();
  }

  private static JsonNode schemas(Endpoint endpoint) {
    return document(Endpoints.of(endpoint)).path("components").path("schemas");
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
