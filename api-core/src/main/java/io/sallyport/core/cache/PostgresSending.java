package io.sallyport.core.cache;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that says to the other nodes what is out of date, so that no request waits for it. */
final class PostgresSending {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresSending.class);
  // Of up to 2,000 characters each, so some megabytes at most.
  private static final int MAX_WAITING = 1_024;
  private static final int MAX_AT_ONCE = 256;
  private static final int ANSWER_MILLIS = 5_000;

  private final DataSource dataSource;
  private final String channel;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  // Something was not said, and nobody knows what: everything may be out of date.
  private final AtomicBoolean unsaid = new AtomicBoolean();
  private final Worker worker = new Worker("invalidation-sending", this::send);

  PostgresSending(DataSource dataSource, String channel) {
    this.dataSource = dataSource;
    this.channel = channel;
  }

  void start() {
    worker.start();
  }

  void close() {
    worker.stop();
    worker.join();
  }

  /** Says {@code message} soon; never waits. */
  void offer(String message) {
    if (!waiting.offer(message)) {
      // The thread has much to do, so it comes by here and sees this.
      unsaid.set(true);
    }
  }

  private void send() {
    Duration pause = Worker.SHORTEST_PAUSE;
    while (!worker.isStopped()) {
      try {
        say(taken());
        pause = Worker.SHORTEST_PAUSE;
      } catch (SQLException | RuntimeException e) {
        unsaid.set(true);
        LOG.warn("no connection to PostgreSQL: invalidations are not sent until it is back", e);
        pause = worker.pause(pause);
      } catch (InterruptedException e) {
        // Only a stop interrupts.
        break;
      }
    }
    sayTheRest();
  }

  // A node that ends has told the others what it changed.
  private void sayTheRest() {
    // The stop is understood, and must not disturb this.
    Thread.interrupted();
    try {
      while (unsaid.get() || !waiting.isEmpty()) {
        say(taken());
      }
    } catch (SQLException | InterruptedException | RuntimeException e) {
      LOG.warn("closed, and invalidations were not sent", e);
    }
  }

  private Set<String> taken() throws InterruptedException {
    if (unsaid.getAndSet(false)) {
      waiting.clear();
      return Set.of(Listeners.EVERYTHING);
    }
    List<String> messages = new ArrayList<>();
    messages.add(waiting.take());
    waiting.drainTo(messages, MAX_AT_ONCE - 1);
    return new LinkedHashSet<>(messages);
  }

  private void say(Set<String> messages) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(true);
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT pg_notify(?, message) FROM unnest(?) AS message")) {
        Array all = connection.createArrayOf("text", messages.toArray());
        statement.setString(1, channel);
        statement.setArray(2, all);
        statement.execute();
        all.free();
      } finally {
        connection.setNetworkTimeout(Runnable::run, before);
      }
    }
  }
}
