package io.sallyport.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemCatalogueDocTest {
  @Test
  void thePageListsTheWholeCatalogueAndNothingElse() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "problems.md"));

    String rows =
        ProblemType.catalogue().stream()
            .map(type -> "| %d | `%s` | %s |".formatted(type.status(), type.code(), type.title()))
            .collect(Collectors.joining("\n"));

    assertThat(page)
        .contains(
            "<!-- catalogue:start -->\n| status | code | title |\n|---|---|---|\n"
                + rows
                + "\n<!-- catalogue:end -->");
  }
}
