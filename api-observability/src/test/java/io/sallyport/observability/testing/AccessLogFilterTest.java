package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.observability.log.AccessLogEntry;
import io.sallyport.observability.log.AccessLogFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogFilterTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final BlockingQueue<AccessLogEntry> entries = ObservedServer.entries();
  private final AccessLogFilter filter =
      new AccessLogFilter(entries::add, InstantSource.fixed(NOON));

  private ObservedServer server() throws Exception {
    ApiFilterChain chain = SampleApi.chain(filter);
    return new ObservedServer(entries, chain, new HttpServlet() {});
  }

  @Test
  void aRequestIsOneEntryWithItsTemplateAndItsCaller() throws Exception {
    try (ObservedServer server = server()) {
      HttpResponse<String> response =
          server.send("GET", "/v1/items/7", Map.of("Authorization", "Bearer x"));

      AccessLogEntry entry = server.entry();
      assertThat(entry.time()).isEqualTo(NOON);
      assertThat(entry.id()).isEqualTo(id(response));
      assertThat(entry.method()).isEqualTo("GET");
      assertThat(entry.route()).isEqualTo("/v1/items/{id}");
      assertThat(entry.endpoint()).contains("getItem");
      assertThat(entry.status()).isEqualTo(200);
      assertThat(entry.durationNanos()).isPositive();
      assertThat(entry.caller()).contains("ann");
      assertThat(entry.issuer()).contains("https://idp.example");
      assertThat(entry.clientAddress()).isEqualTo("127.0.0.1");
      assertThat(entry.problem()).isEmpty();
      assertThat(entry.verdicts()).as("every guard simply passed it").isEmpty();
      assertThat(entry.droppedVerdicts()).isZero();
    }
  }

  @Test
  void aFailedRequestTellsWhatEveryGuardSaidOfIt() throws Exception {
    try (ObservedServer server = server()) {
      server.send("GET", "/v1/broken", Map.of("Authorization", "Bearer x"));

      assertThat(server.entry().verdicts())
          .extracting(Verdict::guard, Verdict::outcome)
          .containsExactly(tuple("route", Outcome.PASSED), tuple("test-caller", Outcome.PASSED));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v1/items/7,200,getItem,/v1/items/{id},",
    "HEAD,/v1/items/7,200,getItem,/v1/items/{id},",
    "OPTIONS,/v1/items/7,204,,/v1/items/{id},",
    "POST,/v1/items/7,405,,/v1/items/{id},method-not-allowed",
    "GET,/nowhere,404,,-,not-found",
    "GET,/v1/items/7;a=b,400,,-,malformed-path",
    "GET,/v1//items,400,,-,malformed-path",
    "GET,/v1/items/%2e%2e,400,,-,malformed-path",
    "GET,/v1/broken,500,broken,/v1/broken,internal-error",
    "GET,/v1/send-error,409,sendError,/v1/send-error,conflict",
    "GET,/v1/async,201,async,/v1/async,",
    "GET,/v1/async-dispatch,200,asyncDispatch,/v1/async-dispatch,",
    "GET,/v1/async-timeout,503,asyncTimeout,/v1/async-timeout,unavailable",
    "GET,/v1/reset,202,reset,/v1/reset,",
  })
  void everyRequestIsOneEntryHoweverItEnds(
      String method, String path, int status, String endpoint, String route, String problem)
      throws Exception {
    try (ObservedServer server = server()) {
      HttpResponse<String> response = server.send(method, path, Map.of());
      AccessLogEntry entry = server.entry();
      server.get("/v1/items/last");

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(entry.id()).isEqualTo(id(response));
      assertThat(entry.status()).isEqualTo(status);
      assertThat(entry.endpoint().orElse(null)).isEqualTo(endpoint);
      assertThat(entry.route()).isEqualTo(route);
      assertThat(entry.problem().orElse(null)).isEqualTo(problem);
      assertThat(server.entry().id())
          .as("the next entry is the next request's")
          .isNotEqualTo(entry.id());
      assertThat(entries).isEmpty();
    }
  }

  @Test
  void aFailureAfterTheResponseWasCommittedIsLoggedAsAFailure() throws Exception {
    try (ObservedServer server = server()) {
      try {
        server.get("/v1/committed");
      } catch (IOException e) {
        // The connection is broken off, which is how the client learns of it.
      }

      AccessLogEntry entry = server.entry();
      assertThat(entry.status()).isEqualTo(500);
      assertThat(entry.problem()).contains("internal-error");
    }
  }

  @Test
  void aClientThatVanishedIsNoFailureOfTheServer() throws Exception {
    try (ObservedServer server = server()) {
      server.getAndVanish("/v1/endless");

      AccessLogEntry entry = server.entry();
      assertThat(entry.status()).isEqualTo(408);
      assertThat(entry.endpoint()).contains("endless");
    }
  }

  @Test
  void aMethodThatIsNotStandardIsOther() throws Exception {
    try (ObservedServer server = server()) {
      server.send("X-MADE-UP-7", "/v1/items/7", Map.of());

      assertThat(server.entry().method()).isEqualTo("OTHER");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/items/7", "/nowhere", "/v1/broken", "/v1/reset", "/v1/async-timeout"})
  void everyResponseTellsItsIdOnceAndIgnoresTheClientsOwn(String path) throws Exception {
    try (ObservedServer server = server()) {
      HttpResponse<String> response =
          server.send("GET", path, Map.of("X-Request-Id", "00000000000000000000000000000000"));

      assertThat(response.headers().allValues("X-Request-Id"))
          .singleElement()
          .asString()
          .matches("[0-9a-f]{32}")
          .isNotEqualTo("00000000000000000000000000000000");
    }
  }

  @Test
  void aProblemHasTheSameIdAsItsResponse() throws Exception {
    try (ObservedServer server = server()) {
      HttpResponse<String> response = server.get("/v1/broken");

      assertThat(response.body()).contains("\"errorId\":\"" + id(response) + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/mdc", "/v1/async-dispatch"})
  void theMdcHasTheIdWhileTheRequestRunsAlsoAfterAnAsyncDispatch(String path) throws Exception {
    try (ObservedServer server = server()) {
      HttpResponse<String> response = server.get(path);

      assertThat(response.body()).isEqualTo(id(response));
    }
  }

  @Test
  void aSinkThatFailsHarmsNoRequest() throws Exception {
    AccessLogFilter failing =
        new AccessLogFilter(
            entry -> {
              entries.add(entry);
              throw new IllegalStateException("disk full");
            },
            InstantSource.fixed(NOON));
    try (ObservedServer server =
        new ObservedServer(entries, SampleApi.chain(failing), new HttpServlet() {})) {
      assertThat(server.get("/v1/items/7").body()).isEqualTo("an item");
      assertThat(server.get("/v1/async").statusCode()).isEqualTo(201);
      assertThat(server.get("/v1/items/7").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFilterMappedTwiceWritesOneEntry() throws Exception {
    ApiFilterChain chain = SampleApi.chainOf(filter, filter);
    try (ObservedServer server = new ObservedServer(entries, chain, new HttpServlet() {})) {
      AccessLogEntry first = entryOf(server, "/v1/items/7");

      assertThat(entryOf(server, "/v1/items/7").id()).isNotEqualTo(first.id());
      assertThat(entries).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"/throw,500", "/send-error,404", "/fine,200"})
  void mappedAloneItWritesTheStatusThatTheContainerSends(String path, int status) throws Exception {
    try (ObservedServer server = new ObservedServer(entries, filter, new Plain())) {
      HttpResponse<String> response = server.get(path);

      AccessLogEntry entry = server.entry();
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(entry.status()).isEqualTo(status);
      assertThat(entry.route()).isEqualTo("-");
      assertThat(response.headers().allValues("X-Request-Id")).containsExactly(entry.id());
    }
  }

  private static AccessLogEntry entryOf(ObservedServer server, String path) throws Exception {
    server.get(path);
    return server.entry();
  }

  private static String id(HttpResponse<?> response) {
    return response.headers().firstValue("X-Request-Id").orElseThrow();
  }

  /** A servlet without any other filter of ours. */
  private static final class Plain extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getRequestURI()) {
        case "/throw" -> throw new IllegalStateException("broken on purpose");
        case "/send-error" -> response.sendError(404);
        default -> response.setStatus(200);
      }
    }
  }
}
