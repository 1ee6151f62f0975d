package io.sallyport.core.testing.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.sallyport.core.cache.InvalidationBus;
import io.sallyport.core.cache.RedisInvalidationBus;
import io.sallyport.core.testing.RedisServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisInvalidationBusTest extends InvalidationBusContract {
  private final String channel = "caches-" + UUID.randomUUID();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @Override
  protected InvalidationBus node() {
    return node(RedisServer.shared());
  }

  private RedisInvalidationBus node(RedisServer server) {
    RedisClient client = RedisClient.create(server.url());
    open.push(client);
    RedisInvalidationBus bus = new RedisInvalidationBus(client, channel);
    open.push(bus);
    return bus;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void aLostConnectionForgetsEverythingAndPublishingDoesNotFail() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      RedisInvalidationBus bus = node(server);
      HeardMessages ear = new HeardMessages();
      bus.subscribe("numbers", ear);
      bus.publish("numbers", "first");
      assertThat(ear.await("first")).isTrue();
      int losses = ear.losses();

      server.stop();

      assertThat(ear.awaitLossAfter(losses)).isTrue();
      bus.publish("numbers", "key a");
    }
  }
}
