package io.sallyport.core.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.RedisExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import io.sallyport.core.testing.RedisServer;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisExpiringStoreTest extends SharedExpiringStoreContract {
  private static final Duration HOUR = Duration.ofHours(1);

  private static RedisServer server;
  private static RedisExpiringStore store;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    store = RedisExpiringStore.at(uri(server.port())).timeout(Duration.ofSeconds(30)).build();
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  private static RedisURI uri(int port) {
    return RedisURI.create("127.0.0.1", port);
  }

  private static <T> T command(Function<RedisCommands<String, String>, T> command) {
    try (RedisClient client = RedisClient.create(uri(server.port()));
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return command.apply(connection.sync());
    }
  }

  @Override
  protected ExpiringStore store() {
    return store;
  }

  @Override
  protected void elapse(Duration duration) {
    server.elapse(duration);
  }

  @Override
  protected int serverPort() {
    return server.port();
  }

  @Override
  protected void stopServer() {
    server.stop();
  }

  @Override
  protected void startServer() {
    server.startAgain();
  }

  @Override
  protected Node node(int port, Duration timeout) {
    RedisExpiringStore own = RedisExpiringStore.at(uri(port)).timeout(timeout).build();
    return new Node() {
      @Override
      public ExpiringStore store() {
        return own;
      }

      @Override
      public void close() {
        own.close();
      }
    };
  }

  @Test
  void scriptsThatRedisHasForgottenAreSentAgain() {
    store.putIfAbsent(key(), bytes("1"), HOUR);
    store.replace(key(), bytes("1"), bytes("2"), HOUR);

    command(RedisCommands::scriptFlush);

    assertThat(store.replace(key(), bytes("2"), bytes("3"), HOUR)).isTrue();
    command(RedisCommands::scriptFlush);
    assertThat(store.remove(key(), bytes("2"))).isFalse();
    assertThat(store.remove(key(), bytes("3"))).isTrue();
  }

  @Test
  void scriptsAreNotSentInFullOnceTheyAreKnown() {
    store.putIfAbsent(key(), bytes("value"), HOUR);
    store.replace(key(), bytes("value"), bytes("value"), HOUR);
    command(RedisCommands::configResetstat);

    for (int i = 0; i < 10; i++) {
      store.replace(key(), bytes("value"), bytes("value"), HOUR);
    }

    String calls = command(redis -> redis.info("commandstats"));
    assertThat(calls).contains("cmdstat_evalsha:calls=10").doesNotContain("cmdstat_eval:");
  }

  private long millisLeft() {
    return command(redis -> redis.pttl("sallyport:" + key()));
  }

  @Test
  void entriesExpireByThemselves() {
    store.putIfAbsent(key(), bytes("value"), HOUR);
    assertThat(millisLeft()).isBetween(1L, HOUR.toMillis());

    store.replace(key(), bytes("value"), bytes("new"), HOUR.multipliedBy(2));
    assertThat(millisLeft()).isBetween(HOUR.toMillis(), HOUR.toMillis() * 2);
  }

  @Test
  void storesWithOtherPrefixesAreApart() {
    try (RedisExpiringStore other =
        RedisExpiringStore.at(uri(server.port())).keyPrefix("other:").build()) {
      store.putIfAbsent(key(), bytes("value"), HOUR);

      assertThat(other.get(key())).isEmpty();
      assertThat(other.putIfAbsent(key(), bytes("other"), HOUR)).isTrue();
      assertThat(store.get(key())).hasValue(bytes("value"));
    }
  }

  @Test
  void aFullRedisIsAnOutageAndForgetsNothing() {
    try (RedisServer small = RedisServer.start();
        RedisClient client = RedisClient.create(uri(small.port()));
        StatefulRedisConnection<String, String> connection = client.connect();
        RedisExpiringStore full = RedisExpiringStore.at(uri(small.port())).build()) {
      full.putIfAbsent("first", bytes("value"), HOUR);
      connection.sync().configSet("maxmemory", "1");

      assertThatThrownBy(() -> full.putIfAbsent("next", bytes("value"), HOUR))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("the store in Redis refused to write");
      assertThatThrownBy(() -> full.replace("first", bytes("value"), bytes("new"), HOUR))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(full.get("first")).hasValue(bytes("value"));

      connection.sync().configSet("maxmemory", "0");
      assertThat(full.putIfAbsent("next", bytes("value"), HOUR)).isTrue();
    }
  }

  @Test
  void everythingThatIsWrongWithARedisIsToldAtOnce() {
    try (RedisServer wrong = RedisServer.start();
        RedisClient client = RedisClient.create(uri(wrong.port()));
        StatefulRedisConnection<String, String> connection = client.connect();
        RedisExpiringStore strict = RedisExpiringStore.at(uri(wrong.port())).build();
        RedisExpiringStore lax =
            RedisExpiringStore.at(uri(wrong.port())).allowForgettingOnRestart().build()) {
      assertThat(strict.faults()).isEmpty();

      connection.sync().configSet("maxmemory-policy", "allkeys-lru");
      connection.sync().configSet("appendonly", "no");
      connection.sync().replicaof("127.0.0.1", 1);

      assertThat(strict.faults())
          .extracting(Fault::field)
          .containsExactly("maxmemory_policy", "role", "aof_enabled");
      assertThat(lax.faults()).extracting(Fault::value).containsExactly("allkeys-lru", "slave");
    }
  }

  @Test
  void aRedisThatCannotBeReachedIsAFault() {
    try (RedisExpiringStore none =
        RedisExpiringStore.at(uri(1)).timeout(Duration.ofMillis(200)).build()) {
      assertThat(none.faults())
          .extracting(Fault::toString)
          .containsExactly(
              "store in Redis at 127.0.0.1:1: server must answer; start Redis, or mend its address,"
                  + " password or certificate");
    }
  }

  @Test
  void whatAUserMayNotAskIsNotChecked() {
    command(
        redis ->
            redis.dispatch(
                CommandType.ACL,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                    .add("SETUSER")
                    .add("modest")
                    .add("on")
                    .add("nopass")
                    .add("~*")
                    .add("+get")
                    .add("+set")
                    .add("+hello")
                    .add("+ping")
                    .add("+client")));
    RedisURI modest =
        RedisURI.builder(uri(server.port())).withAuthentication("modest", "any").build();

    try (RedisExpiringStore limited = RedisExpiringStore.at(modest).build()) {
      assertThat(limited.putIfAbsent(key(), bytes("value"), HOUR)).isTrue();
      assertThat(limited.faults()).isEmpty();
      assertThatThrownBy(() -> limited.remove(key(), bytes("value")))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("the store in Redis refused to remove");
    }
  }

  @Test
  void aClosedStoreIsUnavailable() {
    RedisExpiringStore closed = RedisExpiringStore.at(uri(server.port())).build();
    closed.get(key());

    closed.close();

    assertThatThrownBy(() -> closed.get(key())).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void aTimeoutIsWithinReason() {
    assertThatThrownBy(() -> RedisExpiringStore.at(uri(1)).timeout(Duration.ofMillis(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be PT0.01S to PT1M, was PT0.009S");
  }
}
