package io.sallyport.core.document;

import static io.sallyport.core.endpoint.Endpoint.patch;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.body.FormBody;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.JsonPatch;
import io.sallyport.core.body.MergePatch;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.openapi.OpenApiDocument;
import io.sallyport.core.openapi.OpenApiInfo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bodies that are no plain JSON value of their type. */
class BodyDescriptionTest {
  record Address(@NotBlank @Size(max = 40) String city, @Nullable String street) {}

  record Customer(
      @NotBlank @Size(max = 9) String name,
      @Nullable @Size(max = 5) String nick,
      Optional<String> phone,
      int rating,
      @NotNull @Valid Address home,
      List<@NotNull @Valid Address> others,
      @NotEmpty @Size(max = 3) Map<String, @NotNull String> labels) {}

  record Node(String name, @Nullable Node next) {}

  record Filled(@NotBlank String name, Optional<Integer> age, @Size(max = 4) List<String> tags) {}

  @Test
  void aMergePatchNeedsNothing() {
    JsonNode schema =
        schemas(patch("/a").with(MergePatch.of(Customer.class))).path("CustomerMergePatch");

    assertThat(schema.has("required")).isFalse();
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.path("properties").path("name").path("maxLength").asInt()).isEqualTo(9);
  }

  @Test
  void onlyWhatCanBeRemovedMayBeNullInAMergePatch() {
    JsonNode of =
        schemas(patch("/a").with(MergePatch.of(Customer.class)))
            .path("CustomerMergePatch")
            .path("properties");

    assertThat(of.path("name").path("type").asString()).isEqualTo("string");
    assertThat(of.path("rating").path("type").asString()).isEqualTo("integer");
    assertThat(texts(of.path("nick").path("type"))).containsExactly("string", "null");
    assertThat(texts(of.path("phone").path("type"))).containsExactly("string", "null");
    assertThat(of.path("home").path("$ref").asString()).endsWith("/AddressMergePatch");
  }

  @Test
  void aMergePatchMergesObjectsAndReplacesLists() {
    JsonNode schemas = schemas(patch("/a").with(MergePatch.of(Customer.class)));
    JsonNode of = schemas.path("CustomerMergePatch").path("properties");

    assertThat(schemas.path("AddressMergePatch").has("required")).isFalse();
    assertThat(of.path("others").path("items").path("$ref").asString()).endsWith("/Address");
    assertThat(texts(schemas.path("Address").path("required"))).containsExactly("city");
    assertThat(of.path("labels").has("minProperties")).isFalse();
    assertThat(of.path("labels").path("maxProperties").asInt()).isGreaterThan(3);
    assertThat(texts(of.path("labels").path("additionalProperties").path("type")))
        .containsExactly("string", "null");
  }

  @Test
  void aJsonPatchIsABoundedListOfOperations() {
    JsonNode schema = body(patch("/a").with(JsonPatch.of(Customer.class).maxOperations(7)));

    assertThat(schema.path("type").asString()).isEqualTo("array");
    assertThat(schema.path("maxItems").asInt()).isEqualTo(7);
    JsonNode kinds = schema.path("items").path("oneOf");
    assertThat(texts(kinds.get(0).path("properties").path("op").path("enum")))
        .containsExactly("add", "replace", "test");
    assertThat(texts(kinds.get(0).path("required"))).containsExactly("op", "path", "value");
    assertThat(texts(kinds.get(1).path("required"))).containsExactly("op", "path");
    assertThat(texts(kinds.get(2).path("required"))).containsExactly("op", "from", "path");
  }

  @Test
  void thePathsOfAJsonPatchLeadToWhatTheRecordHas() {
    Pattern path = path(patch("/a").with(JsonPatch.of(Customer.class)));

    assertThat(List.of("", "/name", "/home/city", "/others/0/city", "/others/-", "/labels/a~1b"))
        .allMatch(text -> path.matcher(text).find());
    assertThat(List.of("name", "/id", "/name/0", "/home/zip", "/home/", "/labels/a~2"))
        .noneMatch(text -> path.matcher(text).find());
  }

  @Test
  void aRecordThatRefersToItselfEndsThePattern() {
    Pattern path = path(patch("/a").with(JsonPatch.of(Node.class)));

    assertThat(List.of("/name", "/next/next/name")).allMatch(text -> path.matcher(text).find());
    assertThat("/other").doesNotContainPattern(path);
  }

  @Test
  void aPatchAndAValueOfOneRecordAreTwoSchemas() {
    JsonNode schemas =
        schemas(
            post("/a").with(JsonBody.of(Address.class)),
            patch("/a").with(MergePatch.of(Address.class)).with(JsonPatch.of(Address.class)));

    assertThat(schemas.propertyNames()).contains("Address", "AddressMergePatch");
  }

  @Test
  void noFieldOfAFormIsNull() {
    JsonNode schema = schemas(post("/a").with(FormBody.of(Filled.class))).path("Filled");

    assertThat(texts(schema.path("required"))).containsExactly("name");
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    JsonNode of = schema.path("properties");
    assertThat(of.path("age").path("type").asString()).isEqualTo("integer");
    assertThat(of.path("tags").path("type").asString()).isEqualTo("array");
    assertThat(of.path("tags").path("minItems").asInt()).isEqualTo(1);
    assertThat(of.path("tags").path("maxItems").asInt()).isEqualTo(4);
    assertThat(of.path("tags").path("items").path("type").asString()).isEqualTo("string");
  }

  private static Pattern path(Endpoint endpoint) {
    return Pattern.compile(
        body(endpoint)
            .path("items")
            .path("oneOf")
            .get(0)
            .path("properties")
            .path("path")
            .path("pattern")
            .asString());
  }

  private static JsonNode body(Endpoint endpoint) {
    JsonNode operation = document(endpoint).path("paths").iterator().next().iterator().next();
    return operation.path("requestBody").path("content").iterator().next().path("schema");
  }

  private static JsonNode schemas(Endpoint... endpoints) {
    return document(endpoints).path("components").path("schemas");
  }

  private static JsonNode document(Endpoint... endpoints) {
    return OpenApiDocument.of(Endpoints.of(endpoints), OpenApiInfo.of("A", "1"), List.of()).tree();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
