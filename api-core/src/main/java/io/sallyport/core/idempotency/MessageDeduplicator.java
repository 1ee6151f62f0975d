package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.store.ExpiringStore;
import java.sql.Connection;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;

/**
 * Lets a message that is delivered again take effect once, in the consumer's own transaction.
 * Immutable and safe for concurrent use.
 *
 * <pre>{@code
 * if (deduplicator.isFirstDelivery(connection, message.id())) {
 *   invoices.render(connection, message);
 * }
 * connection.commit();
 * message.acknowledge();
 * }</pre>
 *
 * <p>Commit what {@link #isFirstDelivery} was asked in together with the effect, and acknowledge
 * after that. A consumer that dies before the commit has done nothing, and its message comes again;
 * one that dies after it finds, when the message comes again, that there is nothing to do.
 */
public final class MessageDeduplicator {
  private static final byte[] SEEN = {1};

  private final String consumer;
  private final Function<Connection, ExpiringStore> joining;
  private final Duration memory;

  /**
   * Remembers the messages of {@code consumer}.
   *
   * @param consumer names the effect; two consumers of one message each see it once
   * @param joining the store in the transaction of a connection, {@code JdbcExpiringStore::in}
   * @param memory how long a message is remembered, longer than a broker may deliver it again
   */
  public MessageDeduplicator(
      String consumer, Function<Connection, ExpiringStore> joining, Duration memory) {
    this.consumer = requireNonNull(consumer, "consumer");
    this.joining = requireNonNull(joining, "joining");
    if (requireNonNull(memory, "memory").isNegative() || memory.isZero()) {
      throw new IllegalArgumentException("memory must be positive, was " + memory);
    }
    this.memory = memory;
  }

  /**
   * Whether no transaction that committed has had this message. Waits for one that has it and is
   * still open: rolled back, this one is the first.
   *
   * @param connection in a transaction of the consumer, without auto-commit
   * @param messageId the id that the producer gave, the same with every delivery
   * @throws io.sallyport.core.store.StoreUnavailableException if that is not known; roll back, and
   *     let the message come again
   */
  public boolean isFirstDelivery(Connection connection, String messageId) {
    byte[] digest = new Sha256("sallyport message 1").add(consumer).add(messageId).value();
    String key = "message/" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return joining.apply(connection).putIfAbsent(key, SEEN, memory);
  }
}
