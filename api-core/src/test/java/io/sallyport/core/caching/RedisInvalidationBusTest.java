package io.sallyport.core.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.sallyport.core.cache.InvalidationBus;
import io.sallyport.core.cache.ObjectCache;
import io.sallyport.core.cache.RedisInvalidationBus;
import io.sallyport.core.testing.RedisServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisInvalidationBusTest {
  private final AtomicInteger loads = new AtomicInteger();

  private ObjectCache<String, Integer> cache(InvalidationBus bus) {
    return ObjectCache.<String, Integer>named("numbers", Duration.ofHours(1), 100).bus(bus).build();
  }

  private Optional<Integer> load(String key) {
    return Optional.of(loads.incrementAndGet());
  }

  /** Hears what the caches that subscribed before it have heard already. */
  private static final class Ear implements InvalidationBus.Listener {
    private final Semaphore invalidated = new Semaphore(0);
    private final Semaphore lost = new Semaphore(0);

    @Override
    public void invalidated(String scope) {
      invalidated.release();
    }

    @Override
    public void lost() {
      lost.release();
    }
  }

  private static RedisClient client(RedisServer server) {
    return RedisClient.create(server.url());
  }

  @Test
  void anInvalidationOnOneNodeReachesTheOther() throws Exception {
    RedisServer server = RedisServer.shared();
    try (RedisClient here = client(server);
        RedisClient there = client(server);
        RedisInvalidationBus one = new RedisInvalidationBus(here, "caches-1");
        RedisInvalidationBus other = new RedisInvalidationBus(there, "caches-1")) {
      ObjectCache<String, Integer> writer = cache(one);
      ObjectCache<String, Integer> reader = cache(other);
      Ear ear = new Ear();
      other.subscribe("numbers", ear);
      int first = reader.get("a", this::load).orElseThrow();

      writer.invalidate("a");

      assertThat(ear.invalidated.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(reader.get("a", this::load).orElseThrow()).isGreaterThan(first);
    }
  }

  @Test
  void aKeyTooLongToBeSentInvalidatesEverything() throws Exception {
    RedisServer server = RedisServer.shared();
    try (RedisClient client = client(server);
        RedisInvalidationBus bus = new RedisInvalidationBus(client, "caches-2")) {
      Ear ear = new Ear();
      bus.subscribe("numbers", ear);
      ear.lost.drainPermits();

      bus.publish("numbers", "k".repeat(InvalidationBus.MAX_LENGTH));

      assertThat(ear.lost.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aLostConnectionForgetsEverythingAndPublishingDoesNotFail() throws Exception {
    try (RedisServer server = RedisServer.start();
        RedisClient client = client(server);
        RedisInvalidationBus bus = new RedisInvalidationBus(client, "caches-3")) {
      ObjectCache<String, Integer> cache = cache(bus);
      Ear ear = new Ear();
      bus.subscribe("numbers", ear);
      ear.lost.drainPermits();
      int first = cache.get("a", this::load).orElseThrow();

      server.stop();

      assertThat(ear.lost.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(cache.get("a", this::load).orElseThrow()).isGreaterThan(first);
      bus.publish("numbers", "key a");
    }
  }
}
