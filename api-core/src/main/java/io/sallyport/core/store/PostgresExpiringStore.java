package io.sallyport.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A store in PostgreSQL, whichever transaction its operations run in. */
abstract sealed class PostgresExpiringStore implements ExpiringStore
    permits JdbcExpiringStore, TransactionExpiringStore {
  final PostgresStatements statements;

  PostgresExpiringStore(PostgresStatements statements) {
    this.statements = statements;
  }

  /**
   * Runs {@code operation} within a bounded time.
   *
   * @param what what cannot be done if this fails, as a verb
   */
  abstract <T> T run(String what, Operation<T> operation);

  /** What is done with a connection. */
  @FunctionalInterface
  interface Operation<T> {
    T on(Connection connection) throws SQLException;
  }

  @Override
  public final Optional<byte[]> get(String key) {
    byte[] utf8 = Limits.utf8(key);
    return run("read", connection -> statements.get(connection, utf8));
  }

  @Override
  public final boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    byte[] utf8 = Limits.utf8(key);
    Limits.checkValue(value, "value");
    long millis = Limits.millis(ttl);
    return run("write", connection -> statements.putIfAbsent(connection, utf8, value, millis));
  }

  @Override
  public final boolean replace(String key, byte[] expected, byte[] value, Duration ttl) {
    byte[] utf8 = Limits.utf8(key);
    Limits.checkValue(expected, "expected");
    Limits.checkValue(value, "value");
    long millis = Limits.millis(ttl);
    return run(
        "replace", connection -> statements.replace(connection, utf8, expected, value, millis));
  }

  @Override
  public final boolean remove(String key, byte[] expected) {
    byte[] utf8 = Limits.utf8(key);
    Limits.checkValue(expected, "expected");
    return run("remove", connection -> statements.remove(connection, utf8, expected));
  }
}
