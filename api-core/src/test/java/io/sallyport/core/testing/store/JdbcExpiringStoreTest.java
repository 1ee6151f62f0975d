package io.sallyport.core.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.testing.PostgresServer;
import io.sallyport.core.testing.PostgresServer.Database;
import java.io.InputStream;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcExpiringStoreTest extends SharedExpiringStoreContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static PostgresServer server;
  private static Database database;
  private static HikariDataSource pool;

  @BeforeAll
  static void startServerAndPool() {
    server = PostgresServer.start();
    database = server.newDatabase();
    database.execute(JdbcExpiringStore.DDL);
    pool = database.pool(16);
  }

  @AfterAll
  static void stopAll() {
    pool.close();
    server.close();
  }

  @Override
  protected ExpiringStore store() {
    return new JdbcExpiringStore(pool, Duration.ofSeconds(30));
  }

  @Override
  protected void elapse(Duration duration) {
    database.elapse(duration);
  }

  @Override
  protected int serverPort() {
    return server.port();
  }

  @Override
  protected void stopServer() {
    server.stop();
  }

  @Override
  protected void startServer() {
    server.startAgain();
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  protected Node node(int port, Duration timeout) {
    HikariDataSource own = database.at(port).pool(8, timeout);
    JdbcExpiringStore store = new JdbcExpiringStore(own, timeout);
    return new Node() {
      @Override
      public ExpiringStore store() {
        return store;
      }

      @Override
      public void close() {
        own.close();
      }
    };
  }

  @Test
  void theResourceIsTheConstant() throws Exception {
    try (InputStream resource =
        JdbcExpiringStore.class.getResourceAsStream("/io/sallyport/core/store/postgresql.sql")) {
      assertThat(new String(resource.readAllBytes(), UTF_8)).isEqualTo(JdbcExpiringStore.DDL);
    }
  }

  @Test
  void aPoolWhoseConnectionsDoNotCommitByThemselvesServesAsWell() throws Exception {
    try (HikariDataSource manual = database.pool(1, Duration.ofSeconds(30))) {
      manual.setAutoCommit(false);
      ExpiringStore store = new JdbcExpiringStore(manual);

      assertThat(store.putIfAbsent(key(), bytes("value"), HOUR)).isTrue();

      assertThat(store().get(key())).hasValue(bytes("value"));
      try (Connection connection = manual.getConnection()) {
        assertThat(JdbcTransactionTest.setting(connection, "lock_timeout")).isEqualTo("0");
      }
    }
  }

  @Test
  void theBoundsOfAConnectionAreSetBack() throws Exception {
    try (HikariDataSource one = database.pool(1, Duration.ofSeconds(30))) {
      ExpiringStore store = new JdbcExpiringStore(one);
      for (int i = 0; i < 10; i++) {
        store.putIfAbsent(key() + i, bytes("value"), HOUR);
        store.get(key() + i);
      }

      try (Connection connection = one.getConnection()) {
        assertThat(JdbcTransactionTest.setting(connection, "lock_timeout")).isEqualTo("0");
        assertThat(JdbcTransactionTest.setting(connection, "statement_timeout")).isEqualTo("0");
        assertThat(connection.getNetworkTimeout()).isZero();
      }
    }
  }

  @Test
  void aPurgeDeletesWhatHasExpiredAndNoMoreThanAsked() {
    Database own = server.newDatabase();
    own.execute(JdbcExpiringStore.DDL);
    try (HikariDataSource ownPool = own.pool(2)) {
      JdbcExpiringStore store = new JdbcExpiringStore(ownPool);
      for (int i = 0; i < 10; i++) {
        store.putIfAbsent("short " + i, bytes("value"), Duration.ofMinutes(1));
        store.putIfAbsent("long " + i, bytes("value"), HOUR);
      }
      own.elapse(Duration.ofMinutes(1));

      assertThat(store.purge(7)).isEqualTo(7);
      assertThat(store.purge(7)).isEqualTo(3);
      assertThat(store.purge(7)).isZero();
      assertThat(store.get("long 9")).isPresent();
    }
  }

  @Test
  void aPurgeIsBounded() {
    JdbcExpiringStore store = new JdbcExpiringStore(pool);

    assertThatThrownBy(() -> store.purge(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.purge(100_001)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDatabaseThatIsFitHasNoFaults() {
    assertThat(new JdbcExpiringStore(pool).faults()).isEmpty();
  }

  @Test
  void everythingThatIsWrongWithADatabaseIsToldAtOnce() {
    Database wrong = server.newDatabase();
    wrong.execute(JdbcExpiringStore.DDL.replace("CREATE TABLE", "CREATE UNLOGGED TABLE"));
    wrong.execute("CREATE ROLE careless LOGIN");
    wrong.execute("ALTER ROLE careless SET synchronous_commit = off");
    wrong.execute("ALTER ROLE careless SET default_transaction_isolation = 'repeatable read'");

    try (HikariDataSource careless = wrong.pool(1)) {
      careless.setUsername("careless");
      careless.setJdbcUrl(wrong.url().replace("?user=postgres", ""));

      assertThat(new JdbcExpiringStore(careless).faults())
          .extracting(Fault::rule)
          .containsExactly(
              "must not forget what it has acknowledged",
              "must be read committed, or every conflict is an outage",
              "must survive a crash",
              "must be readable and writable");
    }
  }

  @Test
  void aMissingTableAndAMissingDatabaseAreFaults() {
    try (HikariDataSource empty = server.newDatabase().pool(1);
        HikariDataSource none = new Database(1, "none").pool(1, SHORT)) {
      assertThat(new JdbcExpiringStore(empty).faults())
          .extracting(Fault::remedy)
          .containsExactly("run JdbcExpiringStore.DDL in a migration");
      assertThat(new JdbcExpiringStore(none).faults())
          .extracting(Fault::rule)
          .containsExactly("must answer");
    }
  }

  @Test
  void aTimeoutIsWithinReason() {
    assertThatThrownBy(() -> new JdbcExpiringStore(pool, Duration.ofMillis(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be PT0.01S to PT1M, was PT0.009S");
    assertThatThrownBy(() -> new JdbcExpiringStore(pool, Duration.ofSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
