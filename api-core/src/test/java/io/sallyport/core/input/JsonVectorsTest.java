package io.sallyport.core.input;

import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.body.JsonBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The texts of JSONTestSuite, posted as bodies. */
class JsonVectorsTest {
  private static Service service;

  @BeforeAll
  static void start() {
    service =
        Service.of(
            post("/objects")
                .with(JsonBody.of(Map.class).allowDuplicateNames())
                .with(
                    Service.answer(request -> "fields " + JsonBody.of(request, Map.class).size())),
            post("/strict").with(JsonBody.of(Map.class)).with(Service.answer(request -> "strict")),
            post("/values")
                .with(JsonBody.of(JsonNode.class).allowDuplicateNames())
                .with(
                    Service.answer(
                        request -> "type " + JsonBody.of(request, JsonNode.class).getNodeType())));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void everyValidTextIsParsedAndEveryInvalidOneIsAProblem() throws IOException {
    List<Path> texts = texts();
    int objects = 0;
    int values = 0;
    int refused = 0;
    int open = 0;

    for (Path text : texts) {
      String name = text.getFileName().toString();
      byte[] body = Files.readAllBytes(text);
      Service.Reply any = service.post("/values", body);
      Service.Reply object = service.post("/objects", body);
      if (name.startsWith("y_")) {
        values++;
        assertThat(any.status()).as(name + " " + any.body()).isEqualTo(200);
        if (new String(body, java.nio.charset.StandardCharsets.UTF_8).strip().startsWith("{")) {
          objects++;
          // Two rules are stricter than the suite: no map has a name with U+0000 in it, and by
          // default no name comes twice.
          int sound = name.equals("y_object_escaped_null_in_key.json") ? 422 : 200;
          assertThat(object.status()).as(name + " " + object.body()).isEqualTo(sound);
          assertThat(service.post("/strict", body).status())
              .as(name)
              .isEqualTo(name.startsWith("y_object_duplicated_key") ? 400 : sound);
        } else {
          assertThat(object.status()).as(name).isEqualTo(422);
        }
      } else if (name.startsWith("n_")) {
        refused++;
        for (Service.Reply reply : List.of(any, object)) {
          assertThat(reply.status()).as(name).isEqualTo(400);
          assertThat(reply.code()).as(name).isEqualTo("malformed-body");
        }
      } else {
        open++;
        assertThat(any.status()).as(name).isNotEqualTo(500);
        assertThat(object.status()).as(name).isNotEqualTo(500);
      }
    }

    System.out.printf(
        "JSONTestSuite: %d valid parsed (%d of them objects), %d invalid refused, %d open%n",
        values, objects, refused, open);
    assertThat(objects).isPositive();
    assertThat(values).isGreaterThanOrEqualTo(95);
    assertThat(refused).isGreaterThanOrEqualTo(95);
  }

  private static List<Path> texts() throws IOException {
    Path folder = vectors().resolve("json");
    assertThat(folder)
        .as(
            "JSONTestSuite; put the test vectors there, or name another place by"
                + " -Dsallyport.vectors=DIR")
        .isDirectory();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Path vectors() {
    String elsewhere = System.getProperty("sallyport.vectors");
    if (elsewhere != null) {
      return Path.of(elsewhere);
    }
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    assertThat(root).as("the directory that holds mvnw").isNotNull();
    return root.resolveSibling("shared").resolve("vectors");
  }
}
