package io.sallyport.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The statements of a store in PostgreSQL. The server gives up a lock or a statement after {@code
 * timeout}; what is {@link #bounded} also gives up the connection soon after that, in case nothing
 * answers.
 *
 * <p>The server's bounds are set, and set back, in the round trip of the statement itself; all that
 * one call sends is one transaction, also with auto-commit. The time is that of the server when the
 * row is looked at, after any wait for its lock: {@code now()} would be the start of the
 * transaction, at which a row may not have expired that has since.
 */
final class PostgresStatements {
  private static final String BOUNDED =
      """
      SELECT set_config('sallyport.lock_timeout', current_setting('lock_timeout'), true),
        set_config('sallyport.statement_timeout', current_setting('statement_timeout'), true);
      SELECT set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true);
      """;

  private static final String AS_BEFORE =
      """
      ;
      SELECT set_config('lock_timeout', current_setting('sallyport.lock_timeout'), true),
        set_config('statement_timeout', current_setting('sallyport.statement_timeout'), true)
      """;

  private static final String GET =
      BOUNDED
          + "SELECT value FROM sallyport_store WHERE key = ? AND expires_at > clock_timestamp()"
          + AS_BEFORE;

  private static final String PUT_IF_ABSENT =
      BOUNDED
          + """
          INSERT INTO sallyport_store AS held (key, value, expires_at)
          VALUES (?, ?, clock_timestamp() + ? * interval '1 millisecond')
          ON CONFLICT (key) DO UPDATE
          SET value = excluded.value, expires_at = clock_timestamp() + ? * interval '1 millisecond'
          WHERE held.expires_at <= clock_timestamp()
          """
          + AS_BEFORE;

  private static final String REPLACE =
      BOUNDED
          + """
          UPDATE sallyport_store
          SET value = ?, expires_at = clock_timestamp() + ? * interval '1 millisecond'
          WHERE key = ? AND value = ? AND expires_at > clock_timestamp()
          """
          + AS_BEFORE;

  private static final String REMOVE =
      BOUNDED
          + """
          DELETE FROM sallyport_store
          WHERE key = ? AND value = ? AND expires_at > clock_timestamp()
          """
          + AS_BEFORE;

  // Rows that another transaction has in hand are left to the next purge. A row that was renewed
  // after it was found is looked at again once its lock is held.
  private static final String PURGE =
      BOUNDED
          + """
          DELETE FROM sallyport_store WHERE key = ANY (ARRAY(
            SELECT key FROM sallyport_store WHERE expires_at <= statement_timestamp()
            ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED))
          AND expires_at <= statement_timestamp()
          """
          + AS_BEFORE;

  // Parameters of BOUNDED come before a statement's own.
  private static final int FIRST = 3;

  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Executor DIRECT = Runnable::run;

  private final String serverMillis;
  private final int clientMillis;

  PostgresStatements(Duration timeout) {
    serverMillis = Long.toString(timeout.toMillis());
    clientMillis = (int) timeout.plus(GRACE).toMillis();
  }

  Optional<byte[]> get(Connection connection, byte[] key) throws SQLException {
    return run(
        connection,
        GET,
        statement -> {
          statement.setBytes(FIRST, key);
          execute(statement);
          try (ResultSet rows = statement.getResultSet()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
          }
        });
  }

  boolean putIfAbsent(Connection connection, byte[] key, byte[] value, long ttl)
      throws SQLException {
    return run(
        connection,
        PUT_IF_ABSENT,
        statement -> {
          statement.setBytes(FIRST, key);
          statement.setBytes(FIRST + 1, value);
          statement.setLong(FIRST + 2, ttl);
          statement.setLong(FIRST + 3, ttl);
          return changed(statement) == 1;
        });
  }

  boolean replace(Connection connection, byte[] key, byte[] expected, byte[] value, long ttl)
      throws SQLException {
    return run(
        connection,
        REPLACE,
        statement -> {
          statement.setBytes(FIRST, value);
          statement.setLong(FIRST + 1, ttl);
          statement.setBytes(FIRST + 2, key);
          statement.setBytes(FIRST + 3, expected);
          return changed(statement) == 1;
        });
  }

  boolean remove(Connection connection, byte[] key, byte[] expected) throws SQLException {
    return run(
        connection,
        REMOVE,
        statement -> {
          statement.setBytes(FIRST, key);
          statement.setBytes(FIRST + 1, expected);
          return changed(statement) == 1;
        });
  }

  int purge(Connection connection, int max) throws SQLException {
    return run(
        connection,
        PURGE,
        statement -> {
          statement.setInt(FIRST, max);
          return changed(statement);
        });
  }

  /** Runs {@code operation} while nothing waits for the network longer than it may. */
  <T> T bounded(Connection connection, PostgresExpiringStore.Operation<T> operation)
      throws SQLException {
    int before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(DIRECT, clientMillis);
    T result;
    try {
      result = operation.on(connection);
    } catch (SQLException e) {
      setBack(connection, before, e);
      throw e;
    }
    connection.setNetworkTimeout(DIRECT, before);
    return result;
  }

  private static void setBack(Connection connection, int millis, SQLException failure) {
    try {
      connection.setNetworkTimeout(DIRECT, millis);
    } catch (SQLException closed) {
      failure.addSuppressed(closed);
    }
  }

  private <T> T run(Connection connection, String sql, Call<T> call) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, serverMillis);
      statement.setString(2, serverMillis);
      return call.with(statement);
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  private static int changed(PreparedStatement statement) throws SQLException {
    execute(statement);
    return statement.getUpdateCount();
  }

  // Stands on the result of the statement proper, behind the two of BOUNDED.
  private static void execute(PreparedStatement statement) throws SQLException {
    statement.execute();
    statement.getMoreResults();
    statement.getMoreResults();
  }
}
