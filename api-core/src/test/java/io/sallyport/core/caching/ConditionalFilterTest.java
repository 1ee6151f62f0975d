package io.sallyport.core.caching;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.put;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.cache.Conditional;
import io.sallyport.core.cache.ConditionalFilter;
import io.sallyport.core.cache.ConditionalRequest;
import io.sallyport.core.cache.ETag;
import io.sallyport.core.cache.Validators;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.testing.JettyServer;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ConditionalFilterTest {
  private static final AtomicInteger VERSION = new AtomicInteger(1);

  private static JettyServer server;

  @BeforeAll
  static void start() throws Exception {
    Endpoints endpoints =
        Endpoints.of(
            put("/thing")
                .with(Conditional.required())
                .with(
                    handledBy(
                        (q, a) -> {
                          ConditionalRequest.of(q).check(ETag.ofVersion(VERSION.get()));
                          a.setHeader("ETag", ETag.ofVersion(VERSION.incrementAndGet()).toString());
                        })),
            put("/careless").with(Conditional.required()).with(handledBy((q, a) -> {})),
            get("/thing")
                .with(
                    handledBy(
                        (q, a) -> {
                          Validators now = Validators.of(ETag.ofVersion(VERSION.get()));
                          if (!ConditionalRequest.of(q).answered(a, now)) {
                            a.getWriter().print("rendered");
                          }
                        })),
            get("/computed")
                .with(Conditional.computed(100))
                .with(
                    handledBy(
                        (q, a) -> {
                          a.setContentType("text/plain");
                          a.setHeader("Cache-Control", "private");
                          a.setHeader("Vary", "Accept");
                          a.setContentLength(4);
                          a.getOutputStream().print("body");
                        })),
            get("/large")
                .with(Conditional.computed(100))
                .with(handledBy((q, a) -> a.getWriter().print("x".repeat(101)))),
            get("/error")
                .with(Conditional.computed(100))
                .with(handledBy((q, a) -> a.sendError(404))));
    server =
        new JettyServer("/")
            .filter(
                ApiFilterChain.of(endpoints)
                    .with(new ConditionalFilter(endpoints))
                    .withoutAccessControl()
                    .build())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-None: 1", "If-Match: *", "If-Match: v1", "If-None-Match: \"x\""})
  void aWriteThatNamesNoVersionIsRefusedWith428(String field) throws Exception {
    String[] parts = field.split(": ", 2);

    HttpResponse<String> response = server.send("PUT", "/thing", parts[0], parts[1]);

    assertThat(response.statusCode()).isEqualTo(428);
    assertThat(response.body()).contains("precondition-required");
  }

  @Test
  void ofTwoWritesToOneVersionTheSecondIsRefusedWith412() throws Exception {
    String version = server.get("/thing").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> first = server.send("PUT", "/thing", "If-Match", version);
    HttpResponse<String> second = server.send("PUT", "/thing", "If-Match", version);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(412);
    assertThat(second.body()).contains("precondition-failed");
  }

  @Test
  void creatingOnlyIsRefusedWhereThereIsSomething() throws Exception {
    assertThat(server.send("PUT", "/thing", "If-None-Match", "*").statusCode()).isEqualTo(412);
  }

  @Test
  void aHandlerThatDoesNotCompareIsAFault() throws Exception {
    assertThat(server.send("PUT", "/careless", "If-Match", "\"1\"").statusCode()).isEqualTo(500);
  }

  @Test
  void aReadIsAnsweredBeforeItIsRendered() throws Exception {
    String version = server.get("/thing").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> response = server.get("/thing", "If-None-Match", "W/" + version);

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.headers().firstValue("ETag")).contains(version);
    assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    assertThat(response.body()).isEmpty();
    assertThat(server.get("/thing", "If-Match", "\"other\"").statusCode()).isEqualTo(412);
  }

  @Test
  void aComputedTagAnswers304WithTheFieldsThatItMustHave() throws Exception {
    HttpResponse<String> first = server.get("/computed");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> second = server.get("/computed", "If-None-Match", tag);

    assertThat(first.body()).isEqualTo("body");
    assertThat(tag).doesNotStartWith("W/");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.headers().firstValue("ETag")).contains(tag);
    assertThat(second.headers().firstValue("Cache-Control")).contains("private");
    assertThat(second.headers().firstValue("Vary")).contains("Accept");
    assertThat(second.headers().firstValue("Date")).isPresent();
    assertThat(second.headers().firstValue("Content-Type")).isEmpty();
    assertThat(second.headers().firstValue("Content-Length")).isEmpty();
    assertThat(server.send("HEAD", "/computed").headers().firstValue("ETag")).contains(tag);
  }

  @Test
  void aBodyBeyondTheBoundPassesWithoutATag() throws Exception {
    HttpResponse<String> response = server.get("/large");

    assertThat(response.body()).hasSize(101);
    assertThat(response.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void anErrorHasNoTag() throws Exception {
    HttpResponse<String> response = server.get("/error");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void aFacetOnTheWrongMethodDoesNotStart() {
    Endpoints endpoints =
        Endpoints.of(
            get("/a").with(Conditional.required()), put("/b").with(Conditional.computed()));

    assertThatThrownBy(
            () ->
                ApiFilterChain.of(endpoints)
                    .with(new ConditionalFilter(endpoints))
                    .withoutAccessControl()
                    .build())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("2 faults");
  }
}
