package io.sallyport.examples.reference.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.examples.reference.BillingServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document and its page, as the reference server serves them. */
class ServedDocumentTest {
  private static BillingServer server;

  @BeforeAll
  static void start() throws Exception {
    server = BillingServer.shared();
  }

  @Test
  void jsonAndYamlSayTheSame() throws Exception {
    HttpResponse<String> json = server.get("/openapi.json");
    HttpResponse<String> yaml = server.get("/openapi.yaml");

    assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
    if (System.getProperty("sallyport.openapi.save") != null) {
      Files.writeString(Path.of(System.getProperty("sallyport.openapi.save")), json.body());
    }
    assertThat(new YAMLMapper().readTree(yaml.body()))
        .isEqualTo(new JsonMapper().readTree(json.body()));
  }

  @Test
  void aDocumentThatTheClientHasIsNotSentAgain() throws Exception {
    for (String path : new String[] {"/openapi.json", "/openapi.yaml", "/docs", "/docs/docs.js"}) {
      HttpResponse<String> first = server.get(path);
      String tag = first.headers().firstValue("ETag").orElseThrow();

      HttpResponse<String> second = server.get(path, "If-None-Match", "\"other\", W/" + tag);

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-cache");
      assertThat(second.statusCode()).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      assertThat(server.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onlyThePageMayRunScripts() throws Exception {
    assertThat(server.get("/docs").headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .doesNotContain("unsafe");
    for (String path :
        new String[] {"/openapi.json", "/docs/docs.js", "/docs/swagger-ui.css", "/docs/x"}) {
      assertThat(server.get(path).headers().allValues("Content-Security-Policy"))
          .as(path)
          .containsExactly("default-src 'none'; frame-ancestors 'none'; sandbox");
    }
  }

  @Test
  void noPathOfAClientReachesTheClassPath() throws Exception {
    for (String path :
        new String[] {
          "/docs/index.html",
          "/docs/swagger-ui-bundle.js.map",
          "/docs/swagger-ui-es-bundle.js",
          "/docs/META-INF",
          "/docs/..%2fdocs.html",
          "/docs/docs.html"
        }) {
      assertThat(server.get(path).statusCode()).as(path).isIn(400, 404);
    }
  }
}
