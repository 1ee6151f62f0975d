package io.sallyport.core.repeat;

import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.filter.Handler.handledBy;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisURI;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.idempotency.IdempotencyFilter;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.idempotency.IdempotentRequest;
import io.sallyport.core.idempotency.StoredResponse;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.store.RedisExpiringStore;
import io.sallyport.core.testing.JettyServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that stops at a named point of an operation, and says so, for its parent to kill it
 * there. Each operation leaves a row in the table {@code effect}.
 */
final class FaultyService {
  /**
   * Where a process can be killed; one for each transition of a record, and for what surrounds it.
   */
  enum Point {
    BEFORE_CLAIM,
    CLAIMED,
    HANDLER_ENTERED,
    EFFECT_MADE,
    RECORD_WRITTEN,
    COMMITTED,
    BEFORE_ANSWER,
    TAKEN_OVER,
    NONE
  }

  private static final PrintStream OUT = System.out;

  private final Point point;
  private final AtomicInteger left;
  private final HikariDataSource pool;

  private FaultyService(Point point, int skip, String jdbcUrl) {
    this.point = point;
    this.left = new AtomicInteger(skip);
    this.pool = new HikariDataSource();
    pool.setJdbcUrl(jdbcUrl);
    pool.setMaximumPoolSize(16);
  }

  /**
   * Arguments: point, how often to pass it, JDBC URL, Redis URL or "-", clock offset in seconds.
   */
  public static void main(String[] args) throws Exception {
    FaultyService service =
        new FaultyService(Point.valueOf(args[0]), Integer.parseInt(args[1]), args[2]);
    Duration offset = Duration.ofSeconds(Long.parseLong(args[4]));
    int port = service.start(args[3], () -> Instant.now().plus(offset));
    OUT.println("PORT " + port);
    OUT.flush();
    // The parent's end is the end of this process.
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  private int start(String redis, InstantSource clock) throws Exception {
    Idempotency facet =
        Idempotency.required().allowAnonymousCallers().lease(Duration.ofSeconds(30));
    boolean joins = redis.equals("-");
    JdbcExpiringStore jdbc = new JdbcExpiringStore(pool);
    ExpiringStore store = joins ? jdbc : RedisExpiringStore.at(RedisURI.create(redis)).build();
    Endpoints table =
        Endpoints.of(
            post("/effects")
                .with(joins ? facet.inTransaction() : facet)
                .with(joins ? handledBy(this::inTransaction) : handledBy(this::alone)));
    IdempotencyFilter filter =
        IdempotencyFilter.of(table, new IdempotencyRecords(new Stopping(store), clock))
            .joining(jdbc::in)
            .build();
    return new JettyServer("/")
        .filter(ApiFilterChain.of(table).with(filter).withoutAccessControl().build())
        .start()
        .port();
  }

  private void inTransaction(HttpServletRequest request, HttpServletResponse response)
      throws SQLException {
    at(Point.HANDLER_ENTERED);
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        byte[] answer = effect(connection, request);
        at(Point.EFFECT_MADE);
        IdempotentRequest.of(request)
            .completeIn(connection, StoredResponse.of(201).body("text/plain", answer));
        at(Point.RECORD_WRITTEN);
        connection.commit();
        at(Point.COMMITTED);
      } catch (RuntimeException | SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private void alone(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    at(Point.HANDLER_ENTERED);
    byte[] answer;
    try (Connection connection = pool.getConnection()) {
      answer = effect(connection, request);
    }
    at(Point.EFFECT_MADE);
    response.setStatus(201);
    response.setContentType("text/plain");
    response.getOutputStream().write(answer);
  }

  private static byte[] effect(Connection connection, HttpServletRequest request)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO effect (operation) VALUES (?) RETURNING id")) {
      insert.setString(1, request.getQueryString());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return ("effect " + row.getLong(1)).getBytes(StandardCharsets.UTF_8);
      }
    }
  }

  /** Stops this thread for good if this is the point, the given number of times passed. */
  private void at(Point reached) {
    if (reached != point || left.getAndDecrement() != 0) {
      return;
    }
    OUT.println("AT " + reached);
    OUT.flush();
    boolean never;
    do {
      try {
        new CountDownLatch(1).await();
        never = true;
      } catch (InterruptedException e) {
        never = false;
      }
    } while (!never);
  }

  /** The store of the records, whose every operation is a transition. */
  private final class Stopping implements ExpiringStore {
    private final ExpiringStore store;

    Stopping(ExpiringStore store) {
      this.store = store;
    }

    @Override
    public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
      at(Point.BEFORE_CLAIM);
      boolean claimed = store.putIfAbsent(key, value, ttl);
      if (claimed) {
        at(Point.CLAIMED);
      }
      return claimed;
    }

    @Override
    public Optional<byte[]> get(String key) {
      Optional<byte[]> found = store.get(key);
      at(Point.BEFORE_ANSWER);
      return found;
    }

    @Override
    public boolean replace(String key, byte[] expected, byte[] value, Duration ttl) {
      boolean replaced = store.replace(key, expected, value, ttl);
      // In a transaction only a take-over comes here; without one only a completion.
      at(Point.TAKEN_OVER);
      at(Point.RECORD_WRITTEN);
      return replaced;
    }

    @Override
    public boolean remove(String key, byte[] expected) {
      return store.remove(key, expected);
    }
  }
}
