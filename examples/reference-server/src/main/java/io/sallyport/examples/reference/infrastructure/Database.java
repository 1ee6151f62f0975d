package io.sallyport.examples.reference.infrastructure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.examples.reference.application.Transactions;
import io.sallyport.examples.reference.config.DatabaseConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The migrated database behind a bounded pool of connections. */
public final class Database implements AutoCloseable {
  /** How long a request waits for a connection: it had better fail than pile up. */
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

  /** The server ends what runs longer, also when the client no longer listens. */
  private static final String SERVER_SIDE_TIMEOUTS =
      "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s";

  /** Above the statement timeout: the last resort when the server's host is gone. */
  private static final int SOCKET_TIMEOUT_SECONDS = 10;

  private final HikariDataSource pool;
  private final Transactions transactions;
  private final JdbcExpiringStore store;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    Jdbi jdbi = Jdbi.create(pool).registerArrayType(UUID.class, "uuid");
    jdbi.setSqlLogger(new StatementLog());
    this.transactions = new PostgresTransactions(jdbi);
    this.store = new JdbcExpiringStore(pool);
  }

  /**
   * Migrates the schema, then connects as the service's role.
   *
   * @param withDevelopmentData adds two tenants to try the server with
   * @throws IllegalStateException if the service's role could see every tenant's rows
   */
  public static Database open(DatabaseConfig config, boolean withDevelopmentData)
      throws SQLException {
    Migrations.run(config, withDevelopmentData);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("billing");
    pool.setJdbcUrl(config.url());
    pool.setUsername(config.app().user());
    pool.setPassword(config.app().password().reveal());
    pool.setMaximumPoolSize(config.poolSize());
    pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    pool.setMaxLifetime(MAX_LIFETIME.toMillis());
    pool.setKeepaliveTime(KEEP_ALIVE.toMillis());
    pool.addDataSourceProperty("currentSchema", Migrations.SCHEMA);
    pool.addDataSourceProperty("ApplicationName", "sallyport-reference-server");
    pool.addDataSourceProperty("options", SERVER_SIDE_TIMEOUTS);
    pool.addDataSourceProperty("connectTimeout", 5);
    pool.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    return new Database(new HikariDataSource(pool));
  }

  public Transactions transactions() {
    return transactions;
  }

  /** What guards keep for a while, such as idempotency keys; it can join the transactions. */
  public JdbcExpiringStore store() {
    return store;
  }

  /** The pool itself, for tests that go behind the repositories. */
  DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
