package io.sallyport.examples.reference.infrastructure;

import io.sallyport.examples.reference.config.DatabaseConfig;
import io.sallyport.examples.reference.config.DatabaseConfig.Login;
import io.sallyport.examples.reference.config.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A real PostgreSQL that lives and dies with this process, for development and tests.
 *
 * <p>It listens on loopback, and lets in everyone who can reach it there. Its roles are those of a
 * real installation, so that row-level security and grants are tried every day.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String NAME = "billing";
  private static final Login ADMIN = new Login("billing_admin", new Secret(""));
  private static final Login APP = new Login("billing_app", new Secret(""));

  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  public static EmbeddedDatabase start() throws IOException, SQLException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            // Ours closes it, once the requests that use it are answered.
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            // As a real one: what it acknowledged it has, and the store of keys checks that.
            .setServerConfig("synchronous_commit", "on")
            .start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE billing_admin LOGIN CREATEROLE");
      statement.execute("CREATE ROLE billing_app LOGIN");
      statement.execute("CREATE DATABASE billing OWNER billing_admin");
    } catch (SQLException e) {
      postgres.close();
      throw e;
    }
    return new EmbeddedDatabase(postgres);
  }

  public DatabaseConfig config() {
    return new DatabaseConfig(
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + NAME,
        APP,
        ADMIN,
        DatabaseConfig.DEFAULT_POOL_SIZE);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
