package io.sallyport.core.document;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.patch;
import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.endpoint.Endpoint.put;
import static io.sallyport.core.expand.Relation.many;
import static io.sallyport.core.expand.Relation.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.body.FormBody;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.JsonPatch;
import io.sallyport.core.body.MergePatch;
import io.sallyport.core.cache.Conditional;
import io.sallyport.core.cache.ResponseCache;
import io.sallyport.core.describe.Answers;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.expand.Expand;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.openapi.OpenApiDocument;
import io.sallyport.core.openapi.OpenApiInfo;
import io.sallyport.core.page.Paging;
import io.sallyport.core.version.Version;
import io.sallyport.core.version.Versioning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What each facet means for a caller, as the document says it. */
class FacetDescriptionTest {
  @Test
  void aRequiredIdempotencyKeyIsARequiredHeader() {
    Described found = described(post("/a").with(Idempotency.required()));

    JsonNode key = found.parameter("Idempotency-Key");
    assertThat(key.path("in").asString()).isEqualTo("header");
    assertThat(key.path("required").asBoolean()).isTrue();
    assertThat(found.codes(400)).contains("idempotency-key-missing", "idempotency-key-invalid");
    assertThat(found.codes(403)).containsExactly("forbidden");
    assertThat(found.codes(409))
        .containsExactly(
            "idempotency-in-progress",
            "idempotency-outcome-unknown",
            "idempotency-response-not-kept");
    assertThat(found.codes(413)).containsExactly("content-too-large");
    assertThat(found.codes(422)).containsExactly("idempotency-key-reused");
    assertThat(found.codes(503)).containsExactly("unavailable");
    assertThat(found.headers("2XX")).containsExactly("Idempotency-Replayed");
    assertThat(found.headers("409"))
        .containsExactly("Idempotency-Replayed", "Idempotency-Operation", "Retry-After");
    assertThat(found.headers("422")).isEmpty();
  }

  @Test
  void theKeyIsDescribedAsItIsRead() {
    Pattern quoted =
        Pattern.compile(
            described(post("/a").with(Idempotency.required()))
                .parameter("Idempotency-Key")
                .path("schema")
                .path("pattern")
                .asString());

    assertThat(List.of("\"a\"", "\"a b\"", "\"\\\"\"", "\"\\\\\""))
        .allMatch(text -> quoted.matcher(text).find());
    assertThat(List.of("\"\"", "a", "\"a", "\"\\a\"", "\"a\"\"", "\"\u00e9\"", "\"a\\\""))
        .noneMatch(text -> quoted.matcher(text).find());
  }

  @Test
  void whatAnIdempotencyFacetRelaxesIsNotToldOf() {
    Described found =
        described(
            post("/a")
                .with(
                    Idempotency.optional()
                        .allowBareKeys()
                        .allowAnonymousCallers()
                        .bodyNotCompared()
                        .mismatchAnswers400()));

    JsonNode key = found.parameter("Idempotency-Key");
    assertThat(key.path("required").asBoolean(true)).isFalse();
    assertThat("0190-a").containsPattern(key.path("schema").path("pattern").asString());
    assertThat(found.codes(400))
        .containsExactly("idempotency-key-invalid", "idempotency-key-reused");
    assertThat(found.statuses()).doesNotContain("403", "413", "422");
  }

  @Test
  void aPagedListHasItsParametersItsOrdersAndItsLinks() {
    Described found =
        described(get("/a").with(Paging.sortedBy("-issuedAt", "id").max(50).allowSort("-number")));

    assertThat(found.parameter("limit").path("schema").path("maximum").asInt()).isEqualTo(50);
    assertThat(found.parameter("cursor").path("required").asBoolean(true)).isFalse();
    assertThat(texts(found.parameter("sort").path("schema").path("enum")))
        .containsExactly("-number");
    assertThat(found.codes(400)).containsExactly("invalid-cursor", "invalid-parameters");
    assertThat(found.headers("2XX")).containsExactly("Link");
    assertThat(found.headers("400")).isEmpty();
    assertThat(found.text()).contains("by -issuedAt, id.", "`-number` by -number, -id");
  }

  @Test
  void whatCanBeExpandedIsNamed() {
    Described found =
        described(get("/a").with(Expand.of(one("customer"), many("lines", 20, one("product")))));

    JsonNode expand = found.parameter("expand");
    assertThat(expand.path("description").asString()).contains("`lines.product`");
    Pattern pattern = Pattern.compile(expand.path("schema").path("pattern").asString());
    assertThat(List.of("customer", "lines,lines.product", "lines.product,customer"))
        .allMatch(text -> pattern.matcher(text).find());
    assertThat(List.of("", "product", "linesxproduct", "customer,", "customer.lines"))
        .noneMatch(text -> pattern.matcher(text).find());
    assertThat(found.codes(400)).containsExactly("invalid-parameters");
  }

  @Test
  void aVersionThatEndsIsDeprecatedAndSaysSo() {
    Version old =
        Version.named("v1")
            .deprecated(Instant.parse("2030-01-01T00:00:00Z"))
            .sunset(Instant.parse("2031-01-01T00:00:00Z"))
            .successor("/v2/a");
    Described found = described(get("/v1/a").with(Versioning.byPath(old)));

    assertThat(found.operation().path("deprecated").asBoolean()).isTrue();
    assertThat(found.headers("2XX")).containsExactly("Deprecation", "Sunset", "Link");
    assertThat(found.headers("410")).containsExactly("Deprecation", "Sunset", "Link");
    assertThat(found.codes(410)).containsExactly("gone");
    assertThat(found.statuses()).doesNotContain("406", "400");
    assertThat(found.text()).contains("Version v1 is gone from 2031-01-01T00:00:00Z on.");
  }

  @Test
  void versionsByMediaTypeAreTheMediaTypesOfTheAnswers() {
    Version old = Version.named("v1").deprecated(Instant.parse("2030-01-01T00:00:00Z"));
    Described found =
        described(
            get("/a")
                .with(Versioning.byMediaType("application/vnd.acme", old, Version.named("v2")))
                .with(Answers.with(200, Shown.class)));

    assertThat(found.operation().has("deprecated")).isFalse();
    assertThat(found.response("200").path("content").propertyNames())
        .containsExactly("application/vnd.acme.v1+json", "application/vnd.acme.v2+json");
    assertThat(found.headers("200")).containsExactly("Deprecation", "Vary");
    assertThat(found.codes(406)).containsExactly("not-acceptable");
    assertThat(found.codes(400)).containsExactly("bad-request");
    assertThat(found.statuses()).doesNotContain("410");
  }

  @Test
  void aWriteNamesTheVersionThatItReplaces() {
    Described found = described(patch("/a").with(Conditional.required()));

    JsonNode version = found.parameter("If-Match");
    assertThat(version.path("required").asBoolean()).isTrue();
    Pattern pattern = Pattern.compile(version.path("schema").path("pattern").asString());
    assertThat(List.of("\"v1\"", "W/\"a\", \"b\"")).allMatch(text -> pattern.matcher(text).find());
    assertThat(List.of("", "*", "v1", "\"a b\"", "\"a\"x"))
        .noneMatch(text -> pattern.matcher(text).find());
    assertThat(found.codes(412)).containsExactly("precondition-failed");
    assertThat(found.codes(428)).containsExactly("precondition-required");
    assertThat(found.names()).containsExactly("If-Match");
  }

  @Test
  void aWriteThatMayCreateSaysWhich() {
    Described found = described(put("/a").with(Conditional.required()));

    assertThat(found.parameter("If-Match").path("required").asBoolean(true)).isFalse();
    assertThat(found.parameter("If-None-Match").path("required").asBoolean(true)).isFalse();
    assertThat(found.text()).contains("If-None-Match: *");
  }

  @Test
  void aReadWithATagIsAnsweredOnlyWhereItChanged() {
    Described found = described(get("/a").with(Conditional.computed()));

    assertThat(found.names()).containsExactly("If-None-Match");
    assertThat(found.statuses()).containsExactly("304", "2XX", "412");
    assertThat(found.headers("304")).containsExactly("ETag");
    assertThat(found.headers("2XX")).containsExactly("ETag");
    assertThat(found.headers("412")).isEmpty();
  }

  @Test
  void aCachedAnswerTellsItsAge() {
    Described found =
        described(
            get("/a")
                .with(ResponseCache.lasting(Duration.ofSeconds(30)).varyingBy("Accept-Language")));

    assertThat(found.headers("2XX")).containsExactly("Vary", "ETag", "Age", "Cache-Control");
    assertThat(found.header("2XX", "Age").path("schema").path("maximum").asInt()).isEqualTo(30);
    assertThat(found.header("2XX", "Cache-Control").path("description").asString())
        .contains("private, no-cache");
    assertThat(found.statuses()).containsExactly("304", "2XX", "412", "504");
  }

  @Test
  void aTableOfAllFacetsHasOneSoundDocument() {
    Version version = Version.named("v1").sunset(Instant.parse("2031-01-01T00:00:00Z"));
    Endpoints endpoints =
        Endpoints.of(
            get("/v1/a")
                .with(Versioning.byPath(version))
                .with(Paging.sortedBy("id"))
                .with(Expand.of(one("customer")))
                .with(ResponseCache.lasting(Duration.ofMinutes(1)))
                .with(Answers.with(200, Shown.class)),
            get("/v1/a/{id}").with(Conditional.computed()).with(Answers.with(200, Shown.class)),
            post("/v1/a")
                .with(JsonBody.of(Shown.class))
                .with(Idempotency.required())
                .with(Answers.with(201, Shown.class)),
            post("/v1/a/{id}/form").with(FormBody.of(Shown.class)),
            patch("/v1/a/{id}")
                .with(MergePatch.of(Shown.class))
                .with(JsonPatch.of(Shown.class))
                .with(Conditional.required())
                .with(Idempotency.optional())
                .with(ResponseCache.invalidates("GET /v1/a")));
    OpenApiDocument document = OpenApiDocument.of(endpoints, OpenApiInfo.of("A", "1"), List.of());

    JsonNode tree = document.tree();

    assertThat(document.json())
        .isEqualTo(OpenApiDocument.of(endpoints, OpenApiInfo.of("A", "1"), List.of()).json());
    assertThat(tree.path("paths").propertyNames())
        .containsExactly("/v1/a", "/v1/a/{id}", "/v1/a/{id}/form");
    assertThat(tree.findValuesAsString("operationId")).hasSize(5).doesNotHaveDuplicates();
    assertThat(tree.findValuesAsString("$ref"))
        .isNotEmpty()
        .allMatch(reference -> !tree.at(reference.substring(1)).isMissingNode());
    assertThat(
            tree.path("paths")
                .path("/v1/a/{id}")
                .path("patch")
                .path("requestBody")
                .path("content")
                .propertyNames())
        .containsExactly("application/merge-patch+json", "application/json-patch+json");
    tree.path("paths")
        .forEach(
            path -> path.forEach(each -> assertThat(each.path("responses").isEmpty()).isFalse()));
  }

  record Shown(String name) {}

  private static Described described(Endpoint endpoint) {
    Endpoints endpoints = Endpoints.of(endpoint);
    JsonNode tree = OpenApiDocument.of(endpoints, OpenApiInfo.of("A", "1"), List.of()).tree();
    return new Described(tree);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  /** The one operation of a document. */
  private record Described(JsonNode document) {
    JsonNode operation() {
      return document.path("paths").iterator().next().iterator().next();
    }

    String text() {
      return operation().path("description").asString();
    }

    JsonNode parameter(String name) {
      return operation()
          .path("parameters")
          .valueStream()
          .filter(each -> each.path("name").asString().equals(name))
          .findFirst()
          .orElseThrow();
    }

    List<String> statuses() {
      return List.copyOf(operation().path("responses").propertyNames());
    }

    List<String> codes(int status) {
      return texts(response(Integer.toString(status)).path("x-problem-codes"));
    }

    List<String> headers(String status) {
      return List.copyOf(response(status).path("headers").propertyNames());
    }

    List<String> names() {
      return operation()
          .path("parameters")
          .valueStream()
          .map(each -> each.path("name").asString())
          .toList();
    }

    JsonNode header(String status, String name) {
      return resolve(response(status).path("headers").path(name));
    }

    JsonNode response(String status) {
      return resolve(operation().path("responses").path(status));
    }

    private JsonNode resolve(JsonNode node) {
      String reference = node.path("$ref").asString("");
      return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
  }
}
