package io.sallyport.core.testing.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.core.cache.InvalidationBus;
import io.sallyport.core.cache.PostgresInvalidationBus;
import io.sallyport.core.store.StoreUnavailableException;
import io.sallyport.core.testing.PostgresServer;
import io.sallyport.core.testing.PostgresServer.Database;
import io.sallyport.core.testing.TcpProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresInvalidationBusTest extends InvalidationBusContract {
  private static int tests;
  private static Database database;

  private final String channel = "caches_" + ++tests;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @BeforeAll
  static void createDatabase() {
    database = PostgresServer.shared().newDatabase();
  }

  @Override
  protected InvalidationBus node() {
    return node(database);
  }

  private PostgresInvalidationBus node(Database at) {
    PostgresInvalidationBus bus = new PostgresInvalidationBus(at.dataSource(), channel);
    open.push(bus);
    return bus;
  }

  private TcpProxy proxy() {
    TcpProxy proxy = new TcpProxy(database.port());
    open.addLast(proxy);
    return proxy;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private static HeardMessages ear(InvalidationBus bus) throws InterruptedException {
    HeardMessages ear = new HeardMessages();
    bus.subscribe("numbers", ear);
    bus.publish("numbers", "first");
    assertThat(ear.await("first")).isTrue();
    return ear;
  }

  @Test
  void aLostConnectionForgetsEverythingAndIsMadeAnew() throws Exception {
    TcpProxy proxy = proxy();
    InvalidationBus there = node(database.at(proxy.port()));
    InvalidationBus here = node();
    HeardMessages ear = ear(there);
    int losses = ear.losses();

    proxy.cut();

    // Once when it is lost, and once when it is back.
    assertThat(ear.awaitLossAfter(losses + 1)).isTrue();
    here.publish("numbers", "key a");
    assertThat(ear.await("key a")).isTrue();
  }

  @Test
  void aConnectionWhoseOtherEndIsSilentForGoodIsFoundOut() throws Exception {
    TcpProxy proxy = proxy();
    InvalidationBus there = node(database.at(proxy.port()));
    InvalidationBus here = node();
    HeardMessages ear = ear(there);
    int losses = ear.losses();

    proxy.silence();

    assertThat(ear.awaitLossAfter(losses + 1)).isTrue();
    here.publish("numbers", "key a");
    assertThat(ear.await("key a")).isTrue();
  }

  @Test
  void publishingDoesNotWaitForASilentServerAndTheOthersForgetEverythingOnceItAnswers()
      throws Exception {
    TcpProxy proxy = proxy();
    InvalidationBus here = node(database.at(proxy.port()));
    InvalidationBus there = node();
    HeardMessages ear = ear(there);
    here.publish("numbers", "second");
    assertThat(ear.await("second")).isTrue();
    int losses = ear.losses();

    proxy.stall();
    // More than wait for it at most: it neither blocks nor fails.
    for (int i = 0; i < 20_000; i++) {
      here.publish("numbers", "key " + i);
    }
    proxy.resume();

    assertThat(ear.awaitLossAfter(losses)).isTrue();
  }

  @Test
  void whatWaitsIsSentBeforeItCloses() throws Exception {
    InvalidationBus there = node();
    HeardMessages ear = ear(there);

    for (int i = 0; i < 5; i++) {
      try (PostgresInvalidationBus here =
          new PostgresInvalidationBus(database.dataSource(), channel)) {
        here.publish("numbers", "key " + i);
      }
    }

    for (int i = 0; i < 5; i++) {
      assertThat(ear.await("key " + i)).isTrue();
    }
  }

  @Test
  void aPoolGetsItsConnectionsBackAndNoneListens() throws Exception {
    try (HikariDataSource pool = database.pool(2)) {
      try (PostgresInvalidationBus bus = new PostgresInvalidationBus(pool, channel)) {
        ear(bus);
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isPositive();
      }

      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      try (Connection one = pool.getConnection();
          Connection other = pool.getConnection()) {
        assertThat(listening(one) + listening(other)).isZero();
        assertThat(one.getNetworkTimeout() + other.getNetworkTimeout()).isZero();
      }
    }
  }

  private static int listening(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_listening_channels()")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void aServerThatIsOutAtTheStartIsAnError() {
    try (TcpProxy nowhere = new TcpProxy(1)) {
      Database out = database.at(nowhere.port());

      assertThatThrownBy(() -> new PostgresInvalidationBus(out.dataSource(), channel))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void aChannelThatPostgresqlWouldCutOrFoldIsRefused() {
    for (String name : List.of("", "Caches", "caches-1", "1caches", "a\"b", "a".repeat(64))) {
      assertThatThrownBy(() -> new PostgresInvalidationBus(database.dataSource(), name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
