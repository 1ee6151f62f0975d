package io.sallyport.core.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import io.sallyport.core.testing.PostgresServer;
import io.sallyport.core.testing.PostgresServer.Database;
import io.sallyport.core.testing.Race;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcTransactionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Database database;
  private static HikariDataSource pool;
  private static JdbcExpiringStore store;
  private static JdbcExpiringStore impatient;

  private final String key = "key " + System.identityHashCode(this);

  @BeforeAll
  static void open() {
    database = PostgresServer.shared().newDatabase();
    database.execute(JdbcExpiringStore.DDL);
    pool = database.pool(16);
    store = new JdbcExpiringStore(pool, Duration.ofSeconds(30));
    impatient = new JdbcExpiringStore(pool, Duration.ofMillis(200));
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection begin() throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Test
  void whatIsWrittenIsThereForOthersOnceTheTransactionCommits() throws Exception {
    try (Connection connection = begin()) {
      ExpiringStore joined = store.in(connection);

      assertThat(joined.putIfAbsent(key, bytes("value"), HOUR)).isTrue();
      assertThat(joined.get(key)).hasValue(bytes("value"));
      assertThat(store.get(key)).isEmpty();

      connection.commit();
      assertThat(store.get(key)).hasValue(bytes("value"));
    }
  }

  @Test
  void whatIsRolledBackWasNeverThere() throws Exception {
    store.putIfAbsent(key, bytes("old"), HOUR);
    try (Connection connection = begin()) {
      ExpiringStore joined = store.in(connection);
      joined.putIfAbsent(key + "new", bytes("value"), HOUR);
      joined.replace(key, bytes("old"), bytes("new"), HOUR);

      connection.rollback();
    }

    assertThat(store.get(key)).hasValue(bytes("old"));
    assertThat(store.get(key + "new")).isEmpty();
  }

  @Test
  void theRecordAndTheEffectCommitTogether() throws Exception {
    database.execute("CREATE TABLE effects (name text)");

    List<Boolean> done =
        Race.of(
            8,
            i -> {
              try (Connection connection = begin();
                  Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO effects VALUES ('done')");
                boolean first = store.in(connection).putIfAbsent(key, bytes("by " + i), HOUR);
                if (first) {
                  connection.commit();
                } else {
                  connection.rollback();
                }
                return first;
              }
            });

    assertThat(Collections.frequency(done, true)).isEqualTo(1);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM effects")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void whoeverComesSecondWaitsForTheFirstToCommitAndIsToldNo() throws Exception {
    try (Connection connection = begin()) {
      store.in(connection).putIfAbsent(key, bytes("first"), HOUR);

      CompletableFuture<Boolean> second =
          CompletableFuture.supplyAsync(() -> store.putIfAbsent(key, bytes("second"), HOUR));
      awaitAWaiter();
      assertThat(second).isNotDone();
      connection.commit();

      assertThat(second.join()).isFalse();
    }
  }

  @Test
  void whoeverComesSecondIsFirstIfTheFirstRollsBack() throws Exception {
    try (Connection connection = begin()) {
      store.in(connection).putIfAbsent(key, bytes("first"), HOUR);

      CompletableFuture<Boolean> second =
          CompletableFuture.supplyAsync(() -> store.putIfAbsent(key, bytes("second"), HOUR));
      awaitAWaiter();
      connection.rollback();

      assertThat(second.join()).isTrue();
      assertThat(store.get(key)).hasValue(bytes("second"));
    }
  }

  @Test
  void aTransactionThatDoesNotEndIsAnOutageForItsKeysAndForNoOthers() throws Exception {
    store.putIfAbsent(key, bytes("old"), HOUR);
    try (Connection connection = begin()) {
      store.in(connection).replace(key, bytes("old"), bytes("new"), HOUR);
      store.in(connection).putIfAbsent(key + "new", bytes("value"), HOUR);

      isUnavailable(() -> impatient.putIfAbsent(key + "new", bytes("value"), HOUR));
      isUnavailable(() -> impatient.replace(key, bytes("old"), bytes("other"), HOUR));
      isUnavailable(() -> impatient.remove(key, bytes("old")));
      assertThat(impatient.get(key)).hasValue(bytes("old"));
      assertThat(impatient.putIfAbsent(key + "else", bytes("value"), HOUR)).isTrue();
      connection.rollback();
    }
    assertThat(impatient.replace(key, bytes("old"), bytes("other"), HOUR)).isTrue();
  }

  @Test
  void twoTransactionsThatWaitForEachOtherBothEnd() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);

    List<Boolean> committed =
        Race.of(
            2,
            i -> {
              try (Connection connection = begin()) {
                ExpiringStore joined = store.in(connection);
                joined.putIfAbsent(key + i, bytes("value"), HOUR);
                bothHoldOne.await();
                try {
                  joined.putIfAbsent(key + (1 - i), bytes("value"), HOUR);
                  connection.commit();
                  return true;
                } catch (StoreUnavailableException e) {
                  connection.rollback();
                  return false;
                }
              }
            });

    assertThat(committed).containsExactlyInAnyOrder(true, false);
    assertThat(store.get(key + 0)).isPresent();
    assertThat(store.get(key + 1)).isPresent();
  }

  @Test
  void anAbortedTransactionIsUnavailableUntilItIsRolledBack() throws Exception {
    try (Connection holder = begin();
        Connection connection = begin()) {
      store.in(holder).putIfAbsent(key, bytes("first"), HOUR);
      ExpiringStore joined = impatient.in(connection);
      isUnavailable(() -> joined.putIfAbsent(key, bytes("second"), HOUR));

      isUnavailable(() -> joined.get(key + "else"));
      isUnavailable(() -> joined.putIfAbsent(key + "else", bytes("value"), HOUR));

      connection.rollback();
      assertThat(joined.putIfAbsent(key + "else", bytes("value"), HOUR)).isTrue();
      connection.rollback();
      holder.rollback();
    }
  }

  @Test
  void aSavepointOfTheCallersSurvivesTheOutage() throws Exception {
    try (Connection holder = begin();
        Connection connection = begin();
        Statement statement = connection.createStatement()) {
      store.in(holder).putIfAbsent(key, bytes("first"), HOUR);
      statement.execute("SET LOCAL lock_timeout = '7s'");
      statement.execute("SAVEPOINT before");
      isUnavailable(() -> impatient.in(connection).putIfAbsent(key, bytes("second"), HOUR));

      statement.execute("ROLLBACK TO SAVEPOINT before");

      assertThat(setting(connection, "lock_timeout")).isEqualTo("7s");
      assertThat(store.in(connection).putIfAbsent(key + "else", bytes("value"), HOUR)).isTrue();
      connection.rollback();
      holder.rollback();
    }
  }

  @Test
  void theCallersOwnBoundsStayAsTheyAre() throws Exception {
    try (Connection connection = begin();
        Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '7s'");
      statement.execute("SET LOCAL statement_timeout = '9s'");
      connection.setNetworkTimeout(Runnable::run, 11_000);
      ExpiringStore joined = store.in(connection);

      joined.putIfAbsent(key, bytes("value"), HOUR);
      joined.replace(key, bytes("value"), bytes("new"), HOUR);
      joined.get(key);
      joined.remove(key, bytes("new"));

      assertThat(setting(connection, "lock_timeout")).isEqualTo("7s");
      assertThat(setting(connection, "statement_timeout")).isEqualTo("9s");
      assertThat(connection.getNetworkTimeout()).isEqualTo(11_000);
      connection.rollback();
    }
  }

  @Test
  void timePassesWithinATransaction() throws Exception {
    try (Connection connection = begin();
        Statement statement = connection.createStatement()) {
      ExpiringStore joined = store.in(connection);
      joined.putIfAbsent(key, bytes("first"), Duration.ofMillis(1));

      // The database's own clock, of which PostgreSQL's now() shows the start of the transaction.
      statement.execute("SELECT pg_sleep(0.01)");

      assertThat(joined.get(key)).isEmpty();
      assertThat(joined.replace(key, bytes("first"), bytes("new"), HOUR)).isFalse();
      assertThat(joined.putIfAbsent(key, bytes("second"), HOUR)).isTrue();
      connection.rollback();
    }
  }

  @Test
  void aSnapshotThatIsTooOldIsUnavailableRatherThanAWrongAnswer() throws Exception {
    try (Connection connection = begin();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("SELECT 1");
      statement.execute("SELECT count(*) FROM sallyport_store");
      store.putIfAbsent(key, bytes("by another"), HOUR);

      isUnavailable(() -> store.in(connection).putIfAbsent(key, bytes("mine"), HOUR));
      connection.rollback();
    }
  }

  @Test
  void aPurgeLeavesWhatATransactionHasInHand() throws Exception {
    store.putIfAbsent(key, bytes("value"), HOUR);
    database.elapse(HOUR);
    try (Connection connection = begin()) {
      store.in(connection).putIfAbsent(key, bytes("again"), HOUR);

      impatient.purge(1_000);

      connection.commit();
    }
    assertThat(store.get(key)).hasValue(bytes("again"));
  }

  @Test
  void aConnectionThatCommitsByItselfIsNoTransaction() throws Exception {
    try (Connection connection = pool.getConnection()) {
      assertThatThrownBy(() -> store.in(connection))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setAutoCommit(false)");
    }
  }

  private static void isUnavailable(Runnable operation) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(operation::run)
                .isInstanceOf(StoreUnavailableException.class)
                .hasCauseInstanceOf(SQLException.class));
  }

  // Until someone in this database waits for a lock.
  private static void awaitAWaiter() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          try (Connection connection = pool.getConnection();
              Statement statement = connection.createStatement()) {
            boolean waiting = false;
            while (!waiting) {
              try (ResultSet row =
                  statement.executeQuery(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                          + " AND datname = current_database()")) {
                row.next();
                waiting = row.getInt(1) > 0;
              }
            }
          }
        });
  }
}
