package io.sallyport.examples.reference.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.examples.reference.BillingServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spectral, with the schema of OpenAPI 3.1 and the rules of OWASP, finds no error in the document.
 * What is waived, and why, is in {@code src/test/spectral/ruleset.yaml}.
 */
class SpectralTest {
  private static final Path DIRECTORY = Path.of("src/test/spectral").toAbsolutePath();
  private static final Path SPECTRAL = DIRECTORY.resolve("node_modules/.bin/spectral");

  @TempDir Path directory;

  @Test
  void theDocumentIsValidAndKeepsTheRulesOfOwasp() throws Exception {
    assumeTrue(
        Files.isExecutable(SPECTRAL),
        "skipped: needs Spectral; run npm ci --ignore-scripts in " + DIRECTORY);
    Path document = BillingServer.shared().saveDocument(directory);

    assertThat(lint(document)).contains("No results with a severity of 'error' found!");
  }

  @Test
  void aDocumentThatIsNotValidIsFound() throws Exception {
    assumeTrue(Files.isExecutable(SPECTRAL), "skipped: needs Spectral");
    Path document = directory.resolve("openapi.json");
    Files.writeString(document, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":1},\"paths\":{}}");

    assertThat(lint(document)).contains("oas3-schema");
  }

  private static String lint(Path document) throws Exception {
    Process process =
        new ProcessBuilder(
                SPECTRAL.toString(),
                "lint",
                "--ruleset",
                DIRECTORY.resolve("ruleset.yaml").toString(),
                "--fail-severity",
                "error",
                "--display-only-failures",
                document.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
