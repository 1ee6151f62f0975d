package io.sallyport.core.testing.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.testing.PostgresServer;
import io.sallyport.core.testing.PostgresServer.Database;
import io.sallyport.core.testing.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes, each with a cache, that know nothing of each other but the bus. */
@Timeout(120)
class TwoNodesTest {
  @Test
  void aWriteOnOneRemovesTheObjectOnTheOtherByPostgresql() throws Exception {
    Database database = PostgresServer.shared().newDatabase();

    check("postgres", Integer.toString(database.port()), database.name());
  }

  @Test
  void aWriteOnOneRemovesTheObjectOnTheOtherByRedis() throws Exception {
    check("redis", RedisServer.shared().url());
  }

  private static void check(String... backend) throws IOException {
    try (Node one = new Node(backend);
        Node other = new Node(backend)) {
      // Each hears itself, so that the first loss, that of its start, is behind it.
      one.ask("write warm-one");
      other.ask("write warm-other");
      for (Node node : List.of(one, other)) {
        assertThat(node.ask("await warm-" + (node == one ? "one" : "other"))).isEqualTo("true");
        assertThat(node.ask("get a")).isEqualTo("1");
        assertThat(node.ask("get a")).isEqualTo("1");
      }

      assertThat(one.ask("write a")).isEqualTo("written");

      assertThat(other.ask("await a")).isEqualTo("true");
      assertThat(other.ask("get a")).isEqualTo("2");
      assertThat(other.ask("get a")).isEqualTo("2");
      assertThat(one.ask("get a")).isEqualTo("2");
    }
  }

  private static final class Node implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    Node(String... backend) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
      command.add(CacheProcess.class.getName());
      command.addAll(List.of(backend));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      output = process.inputReader(UTF_8);
    }

    String ask(String command) throws IOException {
      process.outputWriter(UTF_8).append(command).append('\n').flush();
      String line = output.readLine();
      while (line != null && !line.startsWith("> ")) {
        line = output.readLine();
      }
      assertThat(line).as("the answer to " + command).isNotNull();
      return line.substring(2);
    }

    @Override
    public void close() {
      process.destroyForcibly();
      try {
        output.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
