package io.sallyport.core.repeat;

import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.idempotency.IdempotencyFilter;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.idempotency.IdempotentRequest;
import io.sallyport.core.idempotency.StoredResponse;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.testing.FakeClock;
import io.sallyport.core.testing.JettyServer;
import io.sallyport.core.testing.PostgresServer;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Effect and record in one transaction; the effects are counted in the database. */
@Timeout(120)
class InTransactionTest {
  private static final Idempotency TERMS =
      Idempotency.required().allowAnonymousCallers().inTransaction();

  private final FakeClock clock = new FakeClock();
  private final PostgresServer.Database database = PostgresServer.shared().newDatabase();
  private final HikariDataSource pool = database.pool(8);
  private final JdbcExpiringStore store = new JdbcExpiringStore(pool, Duration.ofSeconds(30));
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private JettyServer server;

  @FunctionalInterface
  private interface Work {
    void on(Connection connection, HttpServletRequest request) throws Exception;
  }

  private Endpoint transaction(String path, Work work) {
    return post(path)
        .with(TERMS)
        .with(
            handledBy(
                (request, response) -> {
                  runs.incrementAndGet();
                  response.setHeader("X-Dropped", "yes");
                  response.getOutputStream().write(new byte[] {'d', 'r', 'o', 'p'});
                  try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    work.on(connection, request);
                  }
                }));
  }

  private static void effect(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO effect DEFAULT VALUES");
    }
  }

  private static void complete(Connection connection, HttpServletRequest request) {
    IdempotentRequest.of(request)
        .completeIn(
            connection,
            StoredResponse.of(201)
                .header("Location", "/1")
                .body("text/plain", "done".getBytes(StandardCharsets.UTF_8)));
  }

  @BeforeEach
  void start() throws Exception {
    database.execute(JdbcExpiringStore.DDL);
    database.execute("CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY)");
    Endpoints endpoints =
        Endpoints.of(
            transaction(
                "/done",
                (connection, request) -> {
                  effect(connection);
                  complete(connection, request);
                  connection.commit();
                }),
            transaction(
                "/rolled-back",
                (connection, request) -> {
                  effect(connection);
                  complete(connection, request);
                  connection.rollback();
                  throw new IllegalStateException("secret");
                }),
            transaction(
                "/fails-after-commit",
                (connection, request) -> {
                  effect(connection);
                  complete(connection, request);
                  connection.commit();
                  throw new IllegalStateException("secret");
                }),
            transaction(
                "/forgets",
                (connection, request) -> {
                  effect(connection);
                  connection.commit();
                }),
            transaction(
                "/pauses-first",
                (connection, request) -> {
                  if (runs.get() == 1) {
                    entered.countDown();
                    mayGoOn.await();
                  }
                  effect(connection);
                  complete(connection, request);
                  connection.commit();
                }),
            transaction(
                "/pauses-before-commit",
                (connection, request) -> {
                  effect(connection);
                  complete(connection, request);
                  entered.countDown();
                  mayGoOn.await();
                  connection.commit();
                }));
    IdempotencyFilter filter =
        IdempotencyFilter.of(endpoints, new IdempotencyRecords(store, clock))
            .joining(store::in)
            .build();
    server =
        new JettyServer("/")
            .filter(ApiFilterChain.of(endpoints).with(filter).withoutAccessControl().build())
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    mayGoOn.countDown();
    server.stop();
    pool.close();
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Idempotency-Key", "\"k\"")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String path) {
    return sendAsync(path).join();
  }

  private int effects() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM effect")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void theAnswerIsWhatTheRecordSays() throws Exception {
    HttpResponse<String> first = send("/done");
    HttpResponse<String> second = send("/done");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.body()).isEqualTo("done");
    assertThat(first.headers().firstValue("X-Dropped")).isEmpty();
    assertThat(second.body()).isEqualTo("done");
    assertThat(second.headers().firstValue("Location")).contains("/1");
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void aTransactionThatWasRolledBackHasUsedUpNoKey() throws Exception {
    assertThat(send("/rolled-back").statusCode()).isEqualTo(500);
    assertThat(send("/rolled-back").statusCode()).isEqualTo(500);

    assertThat(runs).hasValue(2);
    assertThat(effects()).isZero();
  }

  @Test
  void aFailureAfterTheCommitDoesNotLoseTheAcknowledgement() throws Exception {
    assertThat(send("/fails-after-commit").body()).isEqualTo("done");
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void aHandlerThatForgotTheRecordIsNotRunAgain() throws Exception {
    assertThat(send("/forgets").statusCode()).isEqualTo(500);
    assertThat(send("/forgets").body()).contains("idempotency-outcome-unknown");

    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void aZombieWhoseLeaseWasTakenRollsBackAndAnswersWithWhatTheOtherDid() throws Exception {
    CompletableFuture<HttpResponse<String>> zombie = sendAsync("/pauses-first");
    entered.await();
    clock.advance(Idempotency.DEFAULT_LEASE);

    HttpResponse<String> second = send("/pauses-first");
    mayGoOn.countDown();

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(zombie.join().body()).isEqualTo("done");
    assertThat(zombie.join().headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(runs).hasValue(2);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void aTakeOverWaitsForACommitThatIsUnderWay() throws Exception {
    CompletableFuture<HttpResponse<String>> slow = sendAsync("/pauses-before-commit");
    entered.await();
    clock.advance(Idempotency.DEFAULT_LEASE);

    CompletableFuture<HttpResponse<String>> second = sendAsync("/pauses-before-commit");
    mayGoOn.countDown();

    assertThat(slow.join().body()).isEqualTo("done");
    assertThat(second.join().body()).isEqualTo("done");
    assertThat(runs).hasValue(1);
    assertThat(effects()).isEqualTo(1);
  }
}
