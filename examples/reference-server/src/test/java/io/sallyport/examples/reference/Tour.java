package io.sallyport.examples.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tour of the README: commands, each with what it must answer. */
final class Tour {
  private static final Pattern TOUR =
      Pattern.compile("<!-- tour:start -->(.*)<!-- tour:end -->", Pattern.DOTALL);
  private static final Pattern STEP =
      Pattern.compile("```sh\\n(.*?)```\\s*```text\\n(.*?)```", Pattern.DOTALL);

  private Tour() {}

  /** One command; {@code lines} must all occur in its output, with {@code ...} for anything. */
  record Step(String command, int status, List<String> lines) {
    /** Header names come in the case of the protocol, so case does not count. */
    boolean allows(String line, String output) {
      String pattern = "\\Q" + line.replace("...", "\\E.*\\Q") + "\\E";
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(output).find();
    }

    @Override
    public String toString() {
      return command;
    }
  }

  static List<Step> read() throws IOException {
    Path root = root();
    Matcher tour = TOUR.matcher(Files.readString(root.resolve("README.md")));
    if (!tour.find()) {
      throw new IllegalStateException("README.md has no tour between its two markers");
    }
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(tour.group(1));
    while (step.find()) {
      List<String> expected = step.group(2).lines().toList();
      steps.add(
          new Step(
              step.group(1).replaceAll("\\\\\\n\\s*", "").strip(),
              Integer.parseInt(expected.get(0)),
              expected.subList(1, expected.size())));
    }
    return steps;
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
