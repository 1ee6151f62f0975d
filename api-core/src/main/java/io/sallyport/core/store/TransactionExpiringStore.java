package io.sallyport.core.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;

/** A store in PostgreSQL within a transaction of the caller's. */
final class TransactionExpiringStore extends PostgresExpiringStore {
  private final Connection connection;

  TransactionExpiringStore(Connection connection, PostgresStatements statements) {
    super(statements);
    this.connection = requireNonNull(connection, "connection");
    if (run("join", Connection::getAutoCommit)) {
      throw new IllegalArgumentException(
          "connection must be in a transaction, committed by itself; call setAutoCommit(false)");
    }
  }

  // Nothing is tried again here: what failed has taken the caller's transaction with it.
  @Override
  <T> T run(String what, Operation<T> operation) {
    try {
      return statements.bounded(connection, operation);
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          "the store in PostgreSQL could not " + what + " in the transaction", e);
    }
  }
}
