package io.sallyport.ratelimit.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.ratelimit.limit.AddressRateLimitFilter;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimit;
import io.sallyport.ratelimit.limit.RateLimitFilter;
import io.sallyport.ratelimit.limit.RateLimiter;
import io.sallyport.ratelimit.limit.RateLimiterException;
import io.sallyport.ratelimit.testing.LimitedServer.AddressFromHeader;
import io.sallyport.ratelimit.testing.LimitedServer.CallerFromHeader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitFilterTest {
  private static final Handler OK = handledBy((request, response) -> response.setStatus(204));
  private static final RateLimiter OUTAGE =
      (key, quota) -> {
        throw new RateLimiterException("store at 10.0.0.7 is out", new IOException("refused"));
      };

  private final FakeNanoTime clock = new FakeNanoTime();
  private final RateLimiter limiter = RateLimiter.inMemory(1_000, clock);
  private final Endpoints endpoints =
      Endpoints.of(
          get("/free").id("free").with(OK),
          get("/one").id("one").with(OK).with(RateLimit.perCaller(1, Duration.ofSeconds(7))),
          get("/two").id("two").with(OK).with(RateLimit.perCaller(2, Duration.ofMinutes(1))),
          get("/address").id("address").with(OK).with(RateLimit.perAddress(1, minute())),
          get("/both")
              .id("both")
              .with(OK)
              .with(
                  RateLimit.perCaller(1, Duration.ofSeconds(10))
                      .and(
                          RateLimit.perAddress(3, Duration.ofHours(1))
                              .named("per \"ip\" \\ hour"))));

  private static Duration minute() {
    return Duration.ofMinutes(1);
  }

  private ApiFilterChain.Builder chain() {
    return ApiFilterChain.of(endpoints)
        .withoutAccessControl()
        .with(new AddressFromHeader())
        .with(new CallerFromHeader());
  }

  private LimitedServer limited() throws Exception {
    return new LimitedServer(chain().with(new RateLimitFilter(endpoints, limiter)).build());
  }

  @Test
  void aGrantedRequestIsToldWhatRemains() throws Exception {
    try (LimitedServer server = limited()) {
      HttpResponse<String> first = server.as("ann", "/two");

      assertThat(first.statusCode()).isEqualTo(204);
      assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"caller-1m\";q=2;w=60");
      assertThat(header(first, "RateLimit")).isEqualTo("\"caller-1m\";r=1;t=30");
      assertThat(first.headers().firstValue("Retry-After")).isEmpty();
    }
  }

  @Test
  void aCallerThatHasHadItsShareIsRefusedWithAProblemAndTheTimeToWait() throws Exception {
    try (LimitedServer server = limited()) {
      server.as("ann", "/one");
      clock.advance(Duration.ofMillis(500));

      HttpResponse<String> refused = server.as("ann", "/one");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
      assertThat(refused.body()).contains("\"code\":\"rate-limited\"");
      // 6.5 seconds are left.
      assertThat(header(refused, "Retry-After")).isEqualTo("7");
      assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"caller-7s\";q=1;w=7");
      assertThat(header(refused, "RateLimit")).isEqualTo("\"caller-7s\";r=0;t=7");
    }
  }

  @Test
  void aClientThatWaitsRetryAfterIsServed() throws Exception {
    try (LimitedServer server = limited()) {
      server.as("ann", "/one");
      HttpResponse<String> refused = server.as("ann", "/one");

      clock.advance(Duration.ofSeconds(Long.parseLong(header(refused, "Retry-After"))));

      assertThat(server.as("ann", "/one").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void twoCallersBehindOneAddressAreIndependentAndLearnNothingOfEachOther() throws Exception {
    try (LimitedServer server = limited()) {
      server.as("ann", "/two");
      server.as("ann", "/two");
      server.as("ann", "/two");

      HttpResponse<String> bob = server.as("bob", "/two");

      assertThat(bob.statusCode()).isEqualTo(204);
      assertThat(header(bob, "RateLimit")).isEqualTo("\"caller-1m\";r=1;t=30");
    }
  }

  @Test
  void aCallerWithALongNameIsCountedAsWell() throws Exception {
    try (LimitedServer server = limited()) {
      String longName = "a".repeat(2_000);
      server.as(longName, "/one");

      assertThat(server.as(longName, "/one").statusCode()).isEqualTo(429);
      assertThat(server.as(longName + "b", "/one").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void anAnonymousCallerIsCountedByItsAddress() throws Exception {
    try (LimitedServer server = limited()) {
      server.from("192.0.2.1", "/one");

      assertThat(server.from("192.0.2.1", "/one").statusCode()).isEqualTo(429);
      assertThat(server.from("192.0.2.2", "/one").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aCallerWhoseNameLooksLikeAnAddressIsNotCountedAsOne() throws Exception {
    try (LimitedServer server = limited()) {
      server.from("192.0.2.1", "/one");

      assertThat(server.as("address:192.0.2.1", "/one").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void anIpv6ClientCannotEscapeByAnotherAddressOfItsNetwork() throws Exception {
    try (LimitedServer server = limited()) {
      server.from("2001:db8:1:2::1", "/address");

      assertThat(server.from("2001:db8:1:2:ffff::9", "/address").statusCode()).isEqualTo(429);
      assertThat(server.from("2001:db8:1:3::1", "/address").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void endpointsCountApart() throws Exception {
    try (LimitedServer server = limited()) {
      server.as("ann", "/one");

      assertThat(server.as("ann", "/two").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void anEndpointWithoutALimitHasNone() throws Exception {
    try (LimitedServer server = limited()) {
      HttpResponse<String> free = server.as("ann", "/free");

      assertThat(free.statusCode()).isEqualTo(204);
      assertThat(free.headers().firstValue("RateLimit")).isEmpty();
    }
  }

  @Test
  void severalLimitsAllHoldAndAreAllTold() throws Exception {
    try (LimitedServer server = limited()) {
      HttpResponse<String> first = server.as("ann", "/both");
      HttpResponse<String> second = server.as("ann", "/both");

      assertThat(header(first, "RateLimit-Policy"))
          .isEqualTo("\"caller-10s\";q=1;w=10, \"per \\\"ip\\\" \\\\ hour\";q=3;w=3600");
      assertThat(header(first, "RateLimit"))
          .isEqualTo("\"caller-10s\";r=0;t=10, \"per \\\"ip\\\" \\\\ hour\";r=2;t=1200");
      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(header(second, "Retry-After")).isEqualTo("10");
    }
  }

  @Test
  void retryAfterHoldsForEveryLimitAtOnce() throws Exception {
    try (LimitedServer server = limited()) {
      server.as("ann", "/both");
      server.as("bob", "/both");
      server.as("cat", "/both");

      HttpResponse<String> refused = server.as("ann", "/both");

      assertThat(header(refused, "Retry-After")).isEqualTo("1200");
      clock.advance(Duration.ofMinutes(20));
      assertThat(server.as("ann", "/both").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void anOutageOfTheLimiterRefusesWithout429AndTellsNothing() throws Exception {
    ApiFilterChain chain = chain().with(new RateLimitFilter(endpoints, OUTAGE)).build();
    try (LimitedServer server = new LimitedServer(chain)) {
      HttpResponse<String> refused = server.as("ann", "/one");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"unavailable\"").doesNotContain("10.0.0.7");
    }
  }

  @Test
  void inShadowNothingIsRefusedOrTold() throws Exception {
    ApiFilterChain chain =
        chain()
            .enforcedElsewhere(RateLimit.class)
            .with(new RateLimitFilter(endpoints, limiter).inShadow())
            .build();
    try (LimitedServer server = new LimitedServer(chain)) {
      server.as("ann", "/one");
      HttpResponse<String> second = server.as("ann", "/one");

      assertThat(second.statusCode()).isEqualTo(204);
      assertThat(second.headers().firstValue("RateLimit")).isEmpty();
    }
  }

  @Test
  void anOutageInShadowHarmsNothing() throws Exception {
    ApiFilterChain chain =
        chain()
            .enforcedElsewhere(RateLimit.class)
            .with(new RateLimitFilter(endpoints, OUTAGE).inShadow())
            .build();
    try (LimitedServer server = new LimitedServer(chain)) {
      assertThat(server.as("ann", "/one").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void anAddressHasOneAllowanceOverAllEndpointsAndAllCallers() throws Exception {
    try (LimitedServer server = new LimitedServer(byAddress(limiter))) {
      server.get("/free", Map.of("Test-Address", "2001:db8::1", "Test-Caller", "ann"));
      server.get("/free", Map.of("Test-Address", "2001:db8::2", "Test-Caller", "bob"));

      HttpResponse<String> refused = server.from("2001:db8::3", "/free");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Retry-After")).isEqualTo("30");
      assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"address\";q=2;w=60");
      assertThat(header(refused, "RateLimit")).isEqualTo("\"address\";r=0;t=30");
      assertThat(server.from("192.0.2.1", "/free").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void anAddressIsRefusedBeforeItsCallerIsLookedAt() throws Exception {
    try (LimitedServer server = new LimitedServer(byAddress(limiter))) {
      server.as("ann", "/one");
      server.as("bob", "/one");

      HttpResponse<String> refused = server.as("cat", "/one");

      assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"address\";q=2;w=60");
    }
  }

  @Test
  void anOutageOfTheAddressLimiterRefuses() throws Exception {
    try (LimitedServer server = new LimitedServer(byAddress(OUTAGE))) {
      assertThat(server.as("ann", "/free").statusCode()).isEqualTo(503);
    }
  }

  private ApiFilterChain byAddress(RateLimiter addresses) {
    Quota quota = new Quota("address", 2, Duration.ofMinutes(1));
    return chain()
        .with(new RateLimitFilter(endpoints, limiter))
        .with(new AddressRateLimitFilter(addresses, quota))
        .build();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }
}
