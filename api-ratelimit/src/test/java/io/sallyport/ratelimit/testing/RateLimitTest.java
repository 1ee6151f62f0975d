package io.sallyport.ratelimit.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.ratelimit.limit.OperationLimit;
import io.sallyport.ratelimit.limit.Permit;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1_000_000_001L, Long.MAX_VALUE})
  void aCapacityThatIsNoLimitIsRefused(long capacity) {
    assertThatThrownBy(() -> RateLimit.perCaller(capacity, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity must be 1 to 1000000000, was " + capacity);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999999999S", "PT744H0.000000001S"})
  void aPeriodThatCannotBeCountedIsRefused(Duration period) {
    assertThatThrownBy(() -> RateLimit.perAddress(1, period))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("period must be PT1S to PT744H, was " + period);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "na\u00efve", "a\r\nSet-Cookie: b", "a\u0000"})
  void aNameThatCannotBeAFieldValueIsRefused(String name) {
    assertThatThrownBy(() -> RateLimit.perCaller(1, Duration.ofMinutes(1)).named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name must");
  }

  @ParameterizedTest
  @CsvSource({"PT1S,caller-1s", "PT1M,caller-1m", "PT24H,caller-24h", "PT1M30S,caller-1m30s"})
  void aLimitIsNamedAfterItsPeriod(Duration period, String name) {
    RateLimit limit = RateLimit.perCaller(1, period);

    assertThat(limit.limits().get(0).quota()).isEqualTo(new Quota(name, 1, period));
  }

  @Test
  void twoLimitsOfOneNameDoNotStartAndTheFaultSaysHowToNameThem() {
    RateLimit limit = RateLimit.perCaller(1, Duration.ofMinutes(1));
    Endpoints endpoints = Endpoints.of(get("/a").with(limit.and(limit)));

    assertThat(endpoints.faults())
        .extracting(Fault::where, Fault::value, Fault::remedy)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "GET /a",
                "caller-1m",
                "remove one of the two limits, or give it another .named(...)"));
  }

  @Test
  void joinedLimitsCannotBeNamedTogether() {
    RateLimit both =
        RateLimit.perCaller(1, Duration.ofMinutes(1))
            .and(RateLimit.perAddress(1, Duration.ofMinutes(1)));

    assertThatThrownBy(() -> both.named("both"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must come before and(...)");
  }

  @Test
  void aLimitThatNobodyEnforcesDoesNotStart() {
    Endpoints endpoints =
        Endpoints.of(get("/a").with(RateLimit.perCaller(1, Duration.ofMinutes(1))));

    assertThatThrownBy(() -> ApiFilterChain.of(endpoints).withoutAccessControl().build())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("GET /a: RateLimit is declared, and no guard of the chain enforces");
  }

  @Test
  void aPermitCannotRefuseAndHaveSomethingLeft() {
    assertThatThrownBy(() -> new Permit(false, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Permit(false, 0, Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Permit(true, 0, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLimitOfAnOperationIsToldOfAsALimitOfRequestsIs() {
    OperationLimit limit = OperationLimit.perCaller(3, Duration.ofHours(1));
    OperationDescription operation =
        new OperationDescription(Endpoints.of(get("/a").with(limit)).all().get(0));

    limit.describe(operation);

    assertThat(operation.problems())
        .containsExactly(ProblemType.RATE_LIMITED, ProblemType.UNAVAILABLE);
    assertThat(operation.headers(429))
        .extracting(HeaderDescription::name)
        .containsExactly("RateLimit-Policy", "RateLimit", "Retry-After");
    assertThat(operation.extensions().get("x-operation-limits"))
        .isEqualTo(
            List.of(
                Map.of("name", "operation", "per", "caller", "requests", 3L, "seconds", 3600L)));
  }
}
