package io.sallyport.examples.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when it must not start, or must not live on. */
class StartUpTest {
  @TempDir Path directory;

  @Test
  void aFaultyConfigurationNamesEveryFaultAndEndsWith2() throws Exception {
    Path file = Files.writeString(directory.resolve("server.properties"), "server.port = many\n");

    try (ServerProcess server =
        ServerProcess.start(directory, Map.of(), "--config", file.toString())) {
      assertThat(server.awaitEnd()).isEqualTo(2);
      assertThat(server.log())
          .contains("server.port = \"many\" must be a whole number from 0 to 65535")
          .contains("tls.keystore is required")
          .contains("issuer is required")
          .contains("database.url is required")
          .doesNotContain("Exception");
    }
  }

  @Test
  void anUnknownProfileIsNoDevelopment() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(directory, Map.of(), "--profile", "development")) {
      assertThat(server.awaitEnd()).isEqualTo(2);
      assertThat(server.log()).contains("--profile = \"development\" must be dev");
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void inDevelopmentTheServerEndsWithItsParent() throws Exception {
    try (ServerProcess shell =
        ServerProcess.startBelowShell(
            directory, Map.of("SALLYPORT_SERVER_PORT", "0"), "--profile", "dev")) {
      shell.awaitTour();
      ProcessHandle server = shell.belowShell();

      shell.kill();

      assertThat(server.onExit()).succeedsWithin(60, TimeUnit.SECONDS);
    }
  }
}
