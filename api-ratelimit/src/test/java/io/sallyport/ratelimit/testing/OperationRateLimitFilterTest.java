package io.sallyport.ratelimit.testing;

import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.endpoint.Endpoint.put;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.idempotency.IdempotencyFilter;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.ratelimit.limit.OperationLimit;
import io.sallyport.ratelimit.limit.OperationRateLimitFilter;
import io.sallyport.ratelimit.limit.RateLimit;
import io.sallyport.ratelimit.limit.RateLimitFilter;
import io.sallyport.ratelimit.limit.RateLimiter;
import io.sallyport.ratelimit.limit.RateLimiterException;
import io.sallyport.ratelimit.testing.LimitedServer.CallerFromHeader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OperationRateLimitFilterTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeNanoTime clock = new FakeNanoTime();
  private final AtomicInteger payments = new AtomicInteger();
  private final Handler pay =
      handledBy(
          (request, response) -> {
            payments.incrementAndGet();
            response.setStatus(201);
          });
  private final Endpoints endpoints =
      Endpoints.of(
          post("/payments")
              .with(pay)
              .with(Idempotency.required())
              .with(RateLimit.perCaller(100, HOUR))
              .with(OperationLimit.perCaller(2, HOUR)),
          put("/unkeyed").with(pay).with(OperationLimit.perCaller(1, HOUR)));

  private LimitedServer server(RateLimiter limiter) throws Exception {
    IdempotencyRecords records =
        new IdempotencyRecords(ExpiringStore.inMemory(), () -> Instant.EPOCH);
    return new LimitedServer(
        ApiFilterChain.of(endpoints)
            .withoutAccessControl()
            .with(new OperationRateLimitFilter(endpoints, limiter))
            .with(new RateLimitFilter(endpoints, RateLimiter.inMemory(1_000, clock)))
            .with(IdempotencyFilter.of(endpoints, records).build())
            .with(new CallerFromHeader())
            .build());
  }

  private static HttpResponse<String> pay(LimitedServer server, String key) throws Exception {
    Map<String, String> headers = Map.of("Test-Caller", "ann", "Idempotency-Key", '"' + key + '"');
    return server.send("POST", "/payments", headers);
  }

  @Test
  void aReplayCostsNoQuota() throws Exception {
    try (LimitedServer server = server(RateLimiter.inMemory(1_000, clock))) {
      pay(server, "first");
      for (int i = 0; i < 20; i++) {
        assertThat(pay(server, "first").headers().firstValue("Idempotency-Replayed")).isPresent();
      }

      assertThat(pay(server, "second").statusCode()).isEqualTo(201);
      assertThat(pay(server, "third").statusCode()).isEqualTo(429);
      assertThat(payments).hasValue(2);
    }
  }

  @Test
  void aRefusalUsesUpNoKey() throws Exception {
    try (LimitedServer server = server(RateLimiter.inMemory(1_000, clock))) {
      pay(server, "first");
      pay(server, "second");
      HttpResponse<String> refused = pay(server, "third");

      clock.advance(HOUR);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1800");
      assertThat(refused.headers().firstValue("RateLimit-Policy"))
          .contains("\"operation\";q=2;w=3600");
      assertThat(pay(server, "third").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void anOperationWithoutKeysIsCountedToo() throws Exception {
    try (LimitedServer server = server(RateLimiter.inMemory(1_000, clock))) {
      Map<String, String> ann = Map.of("Test-Caller", "ann");

      assertThat(server.send("PUT", "/unkeyed", ann).statusCode()).isEqualTo(201);
      assertThat(server.send("PUT", "/unkeyed", ann).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void anOutageOfTheLimiterRefusesAndUsesUpNoKey() throws Exception {
    RateLimiter outage =
        (key, quota) -> {
          throw new RateLimiterException("out", new IllegalStateException());
        };
    try (LimitedServer server = server(outage)) {
      assertThat(pay(server, "first").statusCode()).isEqualTo(503);
      assertThat(pay(server, "first").statusCode()).isEqualTo(503);
      assertThat(payments).hasValue(0);
    }
  }
}
