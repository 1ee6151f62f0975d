package io.sallyport.core.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.core.idempotency.MessageDeduplicator;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.testing.PostgresServer;
import io.sallyport.core.testing.Race;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MessageDeduplicatorTest {
  private static PostgresServer.Database database;
  private static HikariDataSource pool;
  private static MessageDeduplicator deduplicator;

  @BeforeAll
  static void connect() {
    database = PostgresServer.shared().newDatabase();
    database.execute(JdbcExpiringStore.DDL);
    database.execute("CREATE TABLE rendered (message text NOT NULL)");
    pool = database.pool(16);
    JdbcExpiringStore store = new JdbcExpiringStore(pool, Duration.ofSeconds(20));
    deduplicator = new MessageDeduplicator("render", store::in, Duration.ofDays(7));
  }

  @AfterAll
  static void disconnect() {
    pool.close();
  }

  private enum End {
    COMMIT,
    ROLL_BACK,
    /** The connection is cut as a killed process would leave it. */
    DIE
  }

  /** Consumes a message; whether it had its effect. */
  private static boolean deliver(MessageDeduplicator by, String message, End end)
      throws SQLException {
    // A pool would want its connection back.
    DataSource source = end == End.DIE ? database.dataSource() : pool;
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      boolean first = by.isFirstDelivery(connection, message);
      if (first) {
        render(connection, message);
      }
      switch (end) {
        case COMMIT -> connection.commit();
        case ROLL_BACK -> connection.rollback();
        case DIE -> connection.abort(Runnable::run);
      }
      return first;
    }
  }

  private static void render(Connection connection, String message) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO rendered VALUES (?)")) {
      insert.setString(1, message);
      insert.executeUpdate();
    }
  }

  private static int effects(String message) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM rendered WHERE message = '" + message + "'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void aMessageDeliveredAgainTakesEffectOnce() throws SQLException {
    assertThat(deliver(deduplicator, "again", End.COMMIT)).isTrue();
    assertThat(deliver(deduplicator, "again", End.COMMIT)).isFalse();

    assertThat(effects("again")).isEqualTo(1);
  }

  @Test
  void aConsumerThatRolledBackHasNotHadIt() throws SQLException {
    deliver(deduplicator, "back", End.ROLL_BACK);

    assertThat(deliver(deduplicator, "back", End.COMMIT)).isTrue();
    assertThat(effects("back")).isEqualTo(1);
  }

  @Test
  void aConsumerThatDiedBeforeItsCommitHasNotHadIt() throws SQLException {
    deliver(deduplicator, "died", End.DIE);

    assertThat(deliver(deduplicator, "died", End.COMMIT)).isTrue();
    assertThat(effects("died")).isEqualTo(1);
  }

  @Test
  void ofManyDeliveriesAtOnceSomeOfWhichDieOneTakesEffect() throws SQLException {
    for (int message = 0; message < 20; message++) {
      String id = "race-" + message;

      List<Boolean> took =
          Race.of(
              16,
              number -> {
                End end = End.values()[number % 3];
                return deliver(deduplicator, id, end) && end == End.COMMIT;
              });

      assertThat(took).filteredOn(effect -> effect).hasSize(1);
      assertThat(effects(id)).isEqualTo(1);
    }
  }

  @Test
  void eachConsumerSeesAMessageOnce() throws SQLException {
    JdbcExpiringStore store = new JdbcExpiringStore(pool);
    MessageDeduplicator mail = new MessageDeduplicator("mail", store::in, Duration.ofDays(7));

    assertThat(deliver(deduplicator, "both", End.COMMIT)).isTrue();
    assertThat(deliver(mail, "both", End.COMMIT)).isTrue();
  }
}
