package io.sallyport.core.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on a free loopback port, without passwords. It takes a few seconds to start, so
 * tests share {@link #shared one} and each class takes a {@link #newDatabase database} of its own;
 * a test that stops its server takes {@link #start one of its own}.
 *
 * <p>It does not wait for the disk ({@code fsync} is off): what is committed survives the end of
 * the server and of its clients, and not that of the machine.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";

  private final AtomicInteger databases = new AtomicInteger();
  private final Path directory;
  private EmbeddedPostgres postgres;

  private PostgresServer() {
    try {
      directory = Files.createTempDirectory("sallyport-postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    postgres = started(0);
  }

  /** The server that the tests of this process share; it ends with the process. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A server that nobody else uses. */
  public static PostgresServer start() {
    return new PostgresServer();
  }

  /** Creates an empty database. */
  public Database newDatabase() {
    String name = "test_" + ProcessHandle.current().pid() + "_" + databases.incrementAndGet();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database could be created", e);
    }
    return new Database(postgres.getPort(), name);
  }

  /** The port. */
  public int port() {
    return postgres.getPort();
  }

  /** Stops the server, so that connections to its port are refused. */
  public void stop() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a stopped server again, on its port and with its databases. */
  public void startAgain() {
    postgres = started(postgres.getPort());
  }

  /** Stops the server and deletes its files. */
  @Override
  public void close() {
    stop();
    TemporaryFiles.delete(directory);
  }

  private EmbeddedPostgres started(int port) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "on");
    if (port > 0) {
      builder.setPort(port);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A database.
   *
   * @param port the port of its server, or of a proxy in front of it
   * @param name its name
   */
  public record Database(int port, String name) {
    /** The address for JDBC. */
    public String url() {
      return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + USER;
    }

    /** The same database behind another port. */
    public Database at(int anotherPort) {
      return new Database(anotherPort, name);
    }

    /** Connects anew each time, which takes milliseconds. */
    public DataSource dataSource() {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(url());
      return dataSource;
    }

    /** A pool of at most {@code size} connections; the caller closes it. */
    public HikariDataSource pool(int size) {
      return pool(size, Duration.ofSeconds(30));
    }

    /** A pool that waits no longer than {@code connecting}; the caller closes it. */
    public HikariDataSource pool(int size, Duration connecting) {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl(url());
      pool.setMaximumPoolSize(size);
      pool.setMinimumIdle(0);
      pool.setConnectionTimeout(connecting.toMillis());
      // Connects at the first use, even if the server is out.
      pool.setInitializationFailTimeout(-1);
      return pool;
    }

    /** Lets {@code duration} pass for everything that a {@code JdbcExpiringStore} holds here. */
    public void elapse(Duration duration) {
      String milliseconds = duration.toMillis() + " milliseconds";
      execute(
          "UPDATE sallyport_store SET expires_at = expires_at - interval '" + milliseconds + "'");
    }

    /** Runs {@code sql}. */
    public void execute(String sql) {
      try (Connection connection = dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException("failed: " + sql, e);
      }
    }
  }

  private static final class Shared {
    static final PostgresServer SERVER = new PostgresServer();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }
}
