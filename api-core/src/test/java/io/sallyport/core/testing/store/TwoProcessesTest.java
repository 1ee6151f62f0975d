package io.sallyport.core.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisURI;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.store.RedisExpiringStore;
import io.sallyport.core.testing.PostgresServer;
import io.sallyport.core.testing.PostgresServer.Database;
import io.sallyport.core.testing.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes that know nothing of each other but the store. */
@Timeout(120)
class TwoProcessesTest {
  @Test
  void thatShareAPostgresqlGetEachKeyOnceAndCountWithoutLoss() throws Exception {
    Database database = PostgresServer.shared().newDatabase();
    database.execute(JdbcExpiringStore.DDL);

    try (HikariDataSource pool = database.pool(1)) {
      check(
          new JdbcExpiringStore(pool),
          "postgres",
          Integer.toString(database.port()),
          database.name());
    }
  }

  @Test
  void thatShareARedisGetEachKeyOnceAndCountWithoutLoss() throws Exception {
    try (RedisServer server = RedisServer.start();
        RedisExpiringStore store = RedisExpiringStore.at(RedisURI.create(server.url())).build()) {
      check(store, "redis", server.url());
    }
  }

  private static void check(ExpiringStore store, String... backend) throws IOException {
    try (Node one = new Node(backend);
        Node other = new Node(backend)) {
      one.awaitReady();
      other.awaitReady();

      one.go();
      other.go();
      List<Integer> byOne = one.keys();
      List<Integer> byOther = other.keys();

      List<Integer> all = new ArrayList<>(byOne);
      all.addAll(byOther);
      assertThat(all)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, StoreProcess.KEYS).boxed().toList());
      assertThat(byOne).allMatch(key -> holds(store, key, one));
      assertThat(byOther).allMatch(key -> holds(store, key, other));
      assertThat(ExpiringStoreContract.counted(store, "counter")).isEqualTo(2 * StoreProcess.COUNT);
    }
  }

  private static boolean holds(ExpiringStore store, int key, Node node) {
    return new String(store.get("race " + key).orElseThrow(), UTF_8).equals(node.id());
  }

  private static final class Node implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    Node(String... backend) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
      command.add(StoreProcess.class.getName());
      command.addAll(List.of(backend));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      output = process.inputReader(UTF_8);
    }

    String id() {
      return Long.toString(process.pid());
    }

    void awaitReady() throws IOException {
      String line = output.readLine();
      while (line != null && !line.equals("ready")) {
        line = output.readLine();
      }
      assertThat(line).isEqualTo("ready");
    }

    void go() throws IOException {
      process.outputWriter(UTF_8).append('\n').flush();
    }

    List<Integer> keys() {
      return output.lines().filter(line -> line.matches("[0-9]+")).map(Integer::valueOf).toList();
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
