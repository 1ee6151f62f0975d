package io.sallyport.core.input;

import static io.sallyport.core.endpoint.Endpoint.patch;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.body.FormBody;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.JsonPatch;
import io.sallyport.core.body.MergePatch;
import io.sallyport.core.body.Patch;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** API3:2023: no client sets what the API does not let it set. */
class MassAssignmentTest {
  private static Service service;

  record Contact(@NotBlank String phone) {}

  record Input(@NotBlank String name, @Nullable @Valid Contact contact) {}

  record FormInput(@NotBlank String name) {}

  @BeforeAll
  static void start() {
    Input current = new Input("Ann", new Contact("1"));
    service =
        Service.of(
            post("/json")
                .with(JsonBody.of(Input.class))
                .with(Service.answer(request -> JsonBody.of(request, Input.class).toString())),
            post("/form")
                .with(FormBody.of(FormInput.class))
                .with(Service.answer(request -> FormBody.of(request, FormInput.class).toString())),
            patch("/patch")
                .with(MergePatch.of(Input.class))
                .with(JsonPatch.of(Input.class))
                .with(
                    Service.answer(
                        request -> Patch.of(request, Input.class).applyTo(current).toString())));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Stream<String> names() {
    return Stream.of(
        "id",
        "ID",
        "Id",
        "\\u0069d",
        "\\u0049D",
        "tenantId",
        "Tenant_Id",
        "tenant_id",
        "tenant\\u0049d",
        "status",
        "role",
        "roles",
        "Role",
        "isAdmin",
        "admin",
        "owner",
        "createdAt",
        "version",
        "NAME",
        "Name",
        "name ",
        " name",
        "name\\u0000",
        "na\\u200bme",
        "n\\u0430me",
        "name[]",
        "contact.phone",
        "contact/phone",
        "__proto__",
        "constructor",
        "prototype",
        "class",
        "class.classLoader",
        "@type",
        "@class",
        "$type",
        "@id",
        "_links",
        "");
  }

  private static void refused(Service.Reply reply) {
    assertThat(reply.status()).as(reply.head() + reply.body()).isEqualTo(422);
    assertThat(reply.violations()).isNotEmpty().allMatch(v -> v.endsWith(" unknown-field"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void noBodySetsWhatIsNotDeclared(String name) {
    for (String value : List.of("\"x\"", "null", "{\"id\":1}")) {
      String member = "\"" + name + "\":" + value;

      refused(service.post("/json", "{\"name\":\"x\"," + member + "}"));
      refused(service.post("/json", "{" + member + ",\"name\":\"x\"}"));
      refused(
          service.post("/json", "{\"name\":\"x\",\"contact\":{\"phone\":\"1\"," + member + "}}"));
      refused(merge("{" + member + "}"));
      refused(merge("{\"contact\":{" + member + "}}"));
      refused(merge("{\"name\":\"x\",\"contact\":{\"phone\":\"2\"," + member + "}}"));
      String pointer = name.replace("~", "~0").replace("/", "~1");
      for (String parent : List.of("", "/contact")) {
        String path = "\"path\":\"" + parent + "/" + pointer + "\"";
        refused(json("[{\"op\":\"add\"," + path + ",\"value\":" + value + "}]"));
        refused(json("[{\"op\":\"replace\"," + path + ",\"value\":" + value + "}]"));
        refused(json("[{\"op\":\"test\"," + path + ",\"value\":" + value + "}]"));
        refused(json("[{\"op\":\"remove\"," + path + "}]"));
        refused(json("[{\"op\":\"copy\",\"from\":\"/name\"," + path + "}]"));
        refused(
            json("[{\"op\":\"add\"," + path + ",\"value\":1},{\"op\":\"remove\"," + path + "}]"));
      }
      refused(
          json("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"name\":\"x\"," + member + "}}]"));
      refused(
          json(
              "[{\"op\":\"add\",\"path\":\"/contact\",\"value\":{\"phone\":\"x\","
                  + member
                  + "}}]"));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void noFormSetsWhatIsNotDeclared(String name) {
    String plain = name.replace("\\u0069", "i").replace("\\u0049", "I");
    String field = java.net.URLEncoder.encode(plain, StandardCharsets.UTF_8);

    Service.Reply reply =
        service.post(
            "/form",
            "application/x-www-form-urlencoded",
            ("name=x&" + field + "=1").getBytes(StandardCharsets.US_ASCII));

    assertThat(reply.status()).isEqualTo(field.isEmpty() ? 400 : 422);
    if (!field.isEmpty()) {
      refused(reply);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void twoMembersOfOneNameAreMalformedHoweverTheyAreSpelt(String name) {
    String twice = "\"name\":\"x\",\"" + name + "\":1,\"" + name + "\":2";
    String escaped = "\"name\":\"x\",\"n\\u0061me\":\"y\"";

    for (String members : List.of(twice, escaped)) {
      assertThat(service.post("/json", "{" + members + "}").code()).isEqualTo("malformed-body");
      assertThat(merge("{" + members + "}").code()).isEqualTo("malformed-body");
      assertThat(json("[{\"op\":\"replace\",\"path\":\"\",\"value\":{" + members + "}}]").code())
          .isEqualTo("malformed-body");
    }
    assertThat(
            json("[{\"op\":\"add\",\"path\":\"/name\",\"path\":\"/"
                    + name.replace("/", "~1")
                    + "\",\"value\":\"x\"}]")
                .code())
        .isEqualTo("malformed-body");
  }

  private static Service.Reply merge(String body) {
    return PatchTest.send(service, "/patch", "application/merge-patch+json", body);
  }

  private static Service.Reply json(String body) {
    return PatchTest.send(service, "/patch", "application/json-patch+json", body);
  }
}
