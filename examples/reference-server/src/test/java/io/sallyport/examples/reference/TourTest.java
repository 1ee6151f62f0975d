package io.sallyport.examples.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Starts the server as a process and takes the README's tour, command by command. */
class TourTest {
  private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/[0-9.]+ (\\d{3})");

  @TempDir static Path directory;
  private static ServerProcess server;
  private static List<String> printed;

  @BeforeAll
  static void start() throws IOException {
    server =
        ServerProcess.start(directory, Map.of("SALLYPORT_SERVER_PORT", "0"), "--profile", "dev");
    printed = server.awaitTour();
  }

  @AfterAll
  static void stop() throws Exception {
    server.interrupt();
    server.awaitEnd();
    server.close();
  }

  @Test
  void theServerPrintsAddressTokensAndTheSameTour() throws IOException {
    assertThat(server.variables()).containsOnlyKeys("BASE", "ALICE", "BOB", "CAROL");
    assertThat(printed.stream().filter(line -> line.contains("curl ")))
        .isEqualTo(Tour.read().stream().map(Tour.Step::command).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyCommandAnswersAsTheTourSays() throws IOException {
    assumeTrue(hasCurl(), "skipped: needs sh and curl on the PATH");
    List<Tour.Step> tour = Tour.read();
    assertThat(tour)
        .extracting(Tour.Step::status)
        .contains(200, 201, 400, 401, 403, 404, 405, 412, 422, 429);
    return tour.stream().map(step -> dynamicTest(step.command(), () -> take(step)));
  }

  @Test
  void noTokenReachesTheLog() throws IOException {
    assertThat(server.log())
        .doesNotContain(
            server.variables().values().stream().filter(value -> value.startsWith("ey")).toList());
  }

  private static void take(Tour.Step step) throws Exception {
    String output = run(step.command());

    Matcher status = STATUS.matcher(output);
    int last = 0;
    while (status.find()) {
      last = Integer.parseInt(status.group(1));
    }
    assertThat(last).as(output).isEqualTo(step.status());
    for (String line : step.lines()) {
      assertThat(step.allows(line, output)).as("%s%nin%n%s", line, output).isTrue();
    }
  }

  private static String run(String command) throws Exception {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    shell.environment().putAll(server.variables());
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean hasCurl() {
    try {
      return new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
