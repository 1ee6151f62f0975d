package io.sallyport.core.cache;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link InvalidationBus} over Redis publish and subscribe.
 *
 * <p>When the connection is lost, and again when it is back, every cache forgets everything, since
 * what was said in between was missed. While it is away, a node hears nothing: its entries live at
 * most for their TTL. A message that cannot be sent is logged and dropped.
 */
public final class RedisInvalidationBus implements InvalidationBus, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisInvalidationBus.class);

  private final Listeners listeners = new Listeners();
  private final String channel;
  private final StatefulRedisPubSubConnection<String, String> incoming;
  private final StatefulRedisConnection<String, String> outgoing;

  /**
   * Connects to {@code client}, which the caller closes after this, and speaks on {@code channel}.
   * Give each application a channel of its own; whoever may publish to it can empty its caches.
   */
  public RedisInvalidationBus(RedisClient client, String channel) {
    this.channel = requireNonNull(channel, "channel");
    this.incoming = client.connectPubSub();
    this.outgoing = client.connect();
    incoming.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String from, String message) {
            listeners.receive(message);
          }

          @Override
          public void subscribed(String to, long count) {
            // Again after each reconnection, when there was a time without.
            listeners.lost();
          }
        });
    incoming.addListener(
        new RedisConnectionStateAdapter() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            listeners.lost();
          }

          @Override
          public void onRedisConnected(
              RedisChannelHandler<?, ?> connection, SocketAddress address) {
            listeners.lost();
          }
        });
    incoming.sync().subscribe(channel);
  }

  @Override
  public void publish(String cache, String scope) {
    if (!outgoing.isOpen()) {
      LOG.warn("no connection to Redis: an invalidation of the cache {} is not sent", cache);
      return;
    }
    outgoing
        .async()
        .publish(channel, Listeners.encode(cache, scope))
        .whenComplete(
            (count, thrown) -> {
              if (thrown != null) {
                LOG.warn("an invalidation of the cache {} was not sent", cache, thrown);
              }
            });
  }

  @Override
  public void subscribe(String cache, Listener listener) {
    listeners.add(cache, listener);
  }

  @Override
  public void close() {
    incoming.close();
    outgoing.close();
  }
}
