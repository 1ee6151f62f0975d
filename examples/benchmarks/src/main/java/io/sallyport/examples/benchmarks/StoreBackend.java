package io.sallyport.examples.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisURI;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.store.RedisExpiringStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import redis.embedded.RedisServer;

/** A store, and what runs beneath it on loopback. */
record StoreBackend(ExpiringStore store, Runnable stop) implements AutoCloseable {
  /** By its name in the benchmarks. */
  static StoreBackend named(String name) {
    return switch (name) {
      case "none" -> new StoreBackend(new Nothing(), () -> {});
      case "memory" -> new StoreBackend(ExpiringStore.inMemory(), () -> {});
      case "postgres" -> postgres();
      case "redis" -> redis();
      default -> throw new IllegalArgumentException("no backend " + name);
    };
  }

  @Override
  public void close() {
    stop.run();
  }

  private static StoreBackend postgres() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("synchronous_commit", "on")
              .start();
      HikariDataSource pool = new HikariDataSource();
      pool.setDataSource(server.getPostgresDatabase());
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(JdbcExpiringStore.DDL);
      }
      return new StoreBackend(
          new JdbcExpiringStore(pool),
          () -> {
            pool.close();
            close(server);
          });
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("PostgreSQL did not start", e);
    }
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoreBackend redis() {
    int port = freePort();
    RedisServer server =
        RedisServer.builder()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly yes")
            .setting("appendfsync always")
            .build();
    server.start();
    RedisExpiringStore store = RedisExpiringStore.at(RedisURI.create("127.0.0.1", port)).build();
    return new StoreBackend(
        store,
        () -> {
          store.close();
          server.stop();
        });
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes everything, and keeps nothing. */
  private static final class Nothing implements ExpiringStore {
    private static final Optional<byte[]> VALUE = Optional.of(new byte[0]);

    @Override
    public Optional<byte[]> get(String key) {
      return VALUE;
    }

    @Override
    public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
      return true;
    }

    @Override
    public boolean replace(String key, byte[] expected, byte[] value, Duration ttl) {
      return true;
    }

    @Override
    public boolean remove(String key, byte[] expected) {
      return true;
    }
  }
}
