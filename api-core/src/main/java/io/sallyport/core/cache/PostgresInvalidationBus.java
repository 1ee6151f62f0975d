package io.sallyport.core.cache;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.store.StoreUnavailableException;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * An {@link InvalidationBus} over {@code LISTEN} and {@code NOTIFY} of PostgreSQL, by its own JDBC
 * driver.
 *
 * <p>When the connection is lost, and again when it is back, every cache forgets everything, since
 * what was said in between was missed. While it is away, a node hears nothing: its entries live at
 * most for their TTL. What could not be sent, since PostgreSQL was away or too slow, is made up for
 * as soon as it is back: the other nodes are told to forget everything.
 *
 * <p>It holds one connection for good and one while it sends, and a daemon thread for each. The one
 * that listens must be a session of its own: behind a pooler that gives a connection to another
 * client after each transaction nothing would be heard.
 */
public final class PostgresInvalidationBus implements InvalidationBus, AutoCloseable {
  private static final int MAX_CHANNEL = 63;

  private final Listeners listeners = new Listeners();
  private final PostgresListening listening;
  private final PostgresSending sending;

  /**
   * Connects to {@code dataSource}, which the caller closes after this, and speaks on {@code
   * channel}. Give each application a channel of its own; whoever may connect to the database can
   * publish to it, and so empty its caches.
   *
   * @throws StoreUnavailableException if PostgreSQL cannot be reached
   */
  public PostgresInvalidationBus(DataSource dataSource, String channel) {
    requireNonNull(dataSource, "dataSource");
    if (!channel.matches("[a-z][a-z0-9_]{0," + (MAX_CHANNEL - 1) + "}")) {
      throw new IllegalArgumentException(
          "channel must be up to 63 lower case letters, digits and underscores, and begin with a"
              + " letter, was "
              + channel);
    }
    this.listening = new PostgresListening(dataSource, channel, listeners);
    try {
      listening.start();
    } catch (SQLException e) {
      throw new StoreUnavailableException("no connection on which to hear of invalidations", e);
    }
    this.sending = new PostgresSending(dataSource, channel);
    sending.start();
  }

  @Override
  public void publish(String cache, String scope) {
    sending.offer(Listeners.encode(cache, scope));
  }

  @Override
  public void subscribe(String cache, Listener listener) {
    listeners.add(cache, listener);
  }

  /** Sends what waits, if PostgreSQL answers, stops both threads and gives the connections back. */
  @Override
  public void close() {
    sending.close();
    listening.close();
  }
}
