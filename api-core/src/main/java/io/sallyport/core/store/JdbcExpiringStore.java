package io.sallyport.core.store;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * An {@link ExpiringStore} in one table of a PostgreSQL database, which nodes share and which keeps
 * what it holds over a restart.
 *
 * <p>Create the table by {@link #DDL}, in a migration of your own; check it at start-up by {@link
 * #faults}; let something call {@link #purge} now and then. Expired rows are never seen, purged or
 * not. The database's clock decides what has expired, so that the clocks of nodes need not agree.
 *
 * <p>Each operation is a transaction of its own, on a connection of the data source; {@link #in}
 * joins one of the caller's. It takes no longer than the data source takes to hand out a
 * connection, which is for the data source to bound (HikariCP's {@code connectionTimeout}, 30
 * seconds unless set), and the timeout of this store. The database must be the primary, and the
 * connections' level of isolation READ COMMITTED.
 */
public final class JdbcExpiringStore extends PostgresExpiringStore {
  /** What creates the table; also the resource {@code io/sallyport/core/store/postgresql.sql}. */
  public static final String DDL =
      """
      -- The table of JdbcExpiringStore. Not UNLOGGED: such a table is empty after a crash.
      CREATE TABLE sallyport_store (
        -- UTF-8 of the key. Bytes, since text compares by the rules of a collation.
        key bytea PRIMARY KEY,
        value bytea NOT NULL,
        expires_at timestamptz NOT NULL
      );
      -- For purge.
      CREATE INDEX sallyport_store_expires_at ON sallyport_store (expires_at);
      """;

  /** The timeout unless another is given. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration MIN_TIMEOUT = Duration.ofMillis(10);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
  private static final int MAX_PURGE = 100_000;

  private final DataSource dataSource;

  /** A store that waits for a lock or an answer no longer than {@link #DEFAULT_TIMEOUT}. */
  public JdbcExpiringStore(DataSource dataSource) {
    this(dataSource, DEFAULT_TIMEOUT);
  }

  /**
   * A store that waits for a lock or a statement no longer than {@code timeout}, and half a second
   * more for an answer.
   *
   * @throws IllegalArgumentException if {@code timeout} is not within 10 milliseconds and a minute
   */
  public JdbcExpiringStore(DataSource dataSource, Duration timeout) {
    super(new PostgresStatements(checked(timeout)));
    this.dataSource = requireNonNull(dataSource, "dataSource");
  }

  private static Duration checked(Duration timeout) {
    if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout must be " + MIN_TIMEOUT + " to " + MAX_TIMEOUT + ", was " + timeout);
    }
    return timeout;
  }

  /**
   * This store as part of the transaction that is open on {@code connection}: what it writes is
   * there for others once that commits, and was never there if it rolls back. Use it on the thread
   * that uses the connection; it neither commits nor closes.
   *
   * <p>A change to a key that another open transaction has changed waits for that one's end, and no
   * longer than the timeout of this store. After a {@link StoreUnavailableException} PostgreSQL has
   * given the transaction up, and all that is left is to roll it back. Two transactions that change
   * the same keys in different orders can stop each other; one of them is told so, by that
   * exception too. At the isolation level REPEATABLE READ or above, {@link ExpiringStore#get}
   * answers as of the transaction's start, and a change to a key that was changed since is such an
   * exception.
   *
   * @throws IllegalArgumentException if {@code connection} commits by itself
   * @throws StoreUnavailableException if that cannot be asked
   */
  public ExpiringStore in(Connection connection) {
    return new TransactionExpiringStore(connection, statements);
  }

  /**
   * Deletes at most {@code max} rows that have expired, the oldest first. Call it from a scheduled
   * task, on any number of nodes at once, again while it deletes as many as it may.
   *
   * @param max 1 to 100,000; some thousands keep the transaction short
   * @return how many were deleted
   */
  public int purge(int max) {
    if (max < 1 || max > MAX_PURGE) {
      throw new IllegalArgumentException("max must be 1 to " + MAX_PURGE + ", was " + max);
    }
    return run("purge", connection -> statements.purge(connection, max));
  }

  /**
   * What keeps this store from doing its work, or from keeping its word, on the database as it is:
   * for {@code StartupException.throwIfAny}.
   */
  public List<Fault> faults() {
    try {
      return run("check", PostgresFaults::of);
    } catch (StoreUnavailableException e) {
      return List.of(PostgresFaults.unreachable(e.getCause()));
    }
  }

  @Override
  <T> T run(String what, Operation<T> operation) {
    try (Connection connection = dataSource.getConnection()) {
      return statements.bounded(connection, same -> committed(same, operation));
    } catch (SQLException e) {
      throw new StoreUnavailableException("the store in PostgreSQL could not " + what, e);
    }
  }

  private static <T> T committed(Connection connection, Operation<T> operation)
      throws SQLException {
    if (connection.getAutoCommit()) {
      return operation.on(connection);
    }
    try {
      T result = operation.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void rollBack(Connection connection, SQLException failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
