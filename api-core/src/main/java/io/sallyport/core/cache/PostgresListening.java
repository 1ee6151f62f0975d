package io.sallyport.core.cache;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread with a connection that hears what the nodes say, and connects again when it is lost. */
final class PostgresListening {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresListening.class);
  // The thread waits on the socket, where a stop does not reach it: it looks up this often.
  private static final int LOOK_UP_MILLIS = 250;
  // After so much silence PostgreSQL is asked whether it is there: a connection whose other end
  // lost its power looks like one on which nothing is said.
  private static final int LOOKS_IN_SILENCE = 20;
  private static final int ANSWER_MILLIS = 5_000;

  private final DataSource dataSource;
  private final String channel;
  private final Listeners listeners;
  private final Worker worker = new Worker("invalidation-listening", this::listen);
  private @Nullable Connection first;
  private int timeoutBefore;

  PostgresListening(DataSource dataSource, String channel, Listeners listeners) {
    this.dataSource = dataSource;
    this.channel = channel;
    this.listeners = listeners;
  }

  /** Hears everything that is said from now on. */
  void start() throws SQLException {
    first = connected();
    worker.start();
  }

  void close() {
    worker.stop();
    worker.join();
  }

  private void listen() {
    Duration pause = Worker.SHORTEST_PAUSE;
    while (!worker.isStopped()) {
      try (Connection connection = first != null ? first : connected()) {
        first = null;
        // What was said before it listened was missed.
        listeners.lost();
        pause = Worker.SHORTEST_PAUSE;
        hear(connection);
        leave(connection);
        return;
      } catch (SQLException | RuntimeException e) {
        LOG.warn("no connection to PostgreSQL: no invalidation is heard until it is back", e);
      }
      listeners.lost();
      pause = worker.pause(pause);
    }
  }

  private void hear(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    int silent = 0;
    while (!worker.isStopped()) {
      PGNotification[] heard = postgres.getNotifications(LOOK_UP_MILLIS);
      if (heard != null && heard.length > 0) {
        silent = 0;
        for (PGNotification one : heard) {
          listeners.receive(one.getParameter());
        }
      } else if (++silent >= LOOKS_IN_SILENCE) {
        silent = 0;
        execute(connection, "SELECT 1");
      }
    }
  }

  private Connection connected() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      connection.setAutoCommit(true);
      timeoutBefore = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
      // LISTEN takes no parameter, and this way none is put into its text here.
      try (PreparedStatement name =
          connection.prepareStatement("SELECT set_config('sallyport.channel', ?, false)")) {
        name.setString(1, channel);
        name.execute();
      }
      execute(
          connection,
          "DO $$ BEGIN EXECUTE format('LISTEN %I', current_setting('sallyport.channel')); END $$");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  // A pool would give it to somebody who does not expect to be told anything.
  private void leave(Connection connection) throws SQLException {
    execute(connection, "UNLISTEN *");
    connection.setNetworkTimeout(Runnable::run, timeoutBefore);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
