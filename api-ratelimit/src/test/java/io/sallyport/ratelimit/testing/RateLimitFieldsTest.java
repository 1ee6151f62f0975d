package io.sallyport.ratelimit.testing;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.field.FieldList;
import io.sallyport.core.field.Item;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimit;
import io.sallyport.ratelimit.limit.RateLimitFilter;
import io.sallyport.ratelimit.limit.RateLimiter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields that we write by hand are the canonical form of RFC 9651 that we serialise. */
class RateLimitFieldsTest {
  @ParameterizedTest
  @ValueSource(strings = {"caller", "\"", "\\", "\\\"", "a, b;c=(d)", "%'*:?@ ~!", "=", ";q=1"})
  void whatIsWrittenIsReadAsItselfAndIsCanonical(String name) throws Exception {
    RateLimit limit =
        RateLimit.perCaller(Quota.MAX_CAPACITY, Quota.MAX_PERIOD)
            .named(name)
            .and(RateLimit.perAddress(1, Duration.ofSeconds(1)));
    Endpoints endpoints =
        Endpoints.of(
            get("/").with(limit).with(handledBy((q, response) -> response.setStatus(204))));
    ApiFilterChain chain =
        ApiFilterChain.of(endpoints)
            .withoutAccessControl()
            .with(new RateLimitFilter(endpoints, RateLimiter.inMemory()))
            .build();

    try (LimitedServer server = new LimitedServer(chain)) {
      HttpResponse<String> answer = server.as("ann", "/");

      List<String> policy = answer.headers().allValues("RateLimit-Policy");
      FieldList read = FieldList.parse(policy);
      assertThat(read.members().get(0))
          .isEqualTo(
              Item.string(name)
                  .with("q", Quota.MAX_CAPACITY)
                  .with("w", Quota.MAX_PERIOD.toSeconds()));
      assertThat(read.members()).hasSize(2);
      assertThat(policy).containsExactly(read.serialise());

      List<String> remaining = answer.headers().allValues("RateLimit");
      assertThat(FieldList.parse(remaining).members().get(0))
          .isInstanceOfSatisfying(
              Item.class, item -> assertThat(item.value()).isEqualTo(Item.string(name).value()));
      assertThat(remaining).containsExactly(FieldList.parse(remaining).serialise());
    }
  }
}
