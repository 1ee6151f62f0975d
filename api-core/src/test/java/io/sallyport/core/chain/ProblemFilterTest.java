package io.sallyport.core.chain;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.filter.ProblemFilter;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.testing.JettyServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ProblemFilterTest {
  private static final String SECRET = "s3cr3t-detail";

  private static JettyServer server;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private static Endpoints table() {
    return Endpoints.of(
        Stream.of(
                on("/unchecked", (q, a) -> fail(new IllegalStateException(SECRET))),
                on("/checked", (q, a) -> fail(new Exception(SECRET))),
                on("/error", (q, a) -> fail(new AssertionError(SECRET))),
                on("/overflow", (q, a) -> fail(new StackOverflowError(SECRET))),
                on(
                    "/known",
                    (q, a) -> {
                      Problem gone = Problem.of(ProblemType.GONE).detail("It was deleted.");
                      throw new ProblemException(gone.header("Retry-After", "7"));
                    }),
                on("/mapped", (q, a) -> fail(new UnsupportedOperationException(SECRET))),
                on("/send-error", (q, a) -> a.sendError(409, SECRET)),
                on(
                    "/send-error-after-writer",
                    (q, a) -> {
                      a.setHeader("X-Kept", "yes");
                      a.setHeader("ETag", "\"1\"");
                      a.getWriter().print(SECRET);
                      a.sendError(503, SECRET);
                      a.getWriter().print(SECRET);
                    }),
                on("/teapot", (q, a) -> a.sendError(418)),
                on(
                    "/half-written",
                    (q, a) -> {
                      a.setContentType("text/html");
                      a.getWriter().print(SECRET);
                      fail(new IllegalStateException(SECRET));
                    }),
                on(
                    "/committed",
                    (q, a) -> {
                      a.getWriter().print("begun");
                      a.flushBuffer();
                      fail(new IllegalStateException(SECRET));
                    }),
                on(
                    "/async-timeout",
                    (q, a) -> {
                      AsyncContext async = q.startAsync();
                      // Not less: Jetty loses a timeout that fires while it is being set.
                      async.setTimeout(250);
                    }),
                on(
                    "/async-then-thrown",
                    (q, a) -> {
                      q.startAsync().setTimeout(0);
                      fail(new IllegalStateException(SECRET));
                    }),
                on("/async-own-timeout", (q, a) -> answerTimeout(q.startAsync())),
                on(
                    "/async-cut",
                    (q, a) -> {
                      a.getWriter().print("begun");
                      a.flushBuffer();
                      q.startAsync().setTimeout(250);
                    }),
                on(
                    "/async-send-error",
                    (q, a) -> {
                      AsyncContext async = q.startAsync(q, a);
                      async.start(
                          () -> {
                            try {
                              a.sendError(502, SECRET);
                            } catch (IOException e) {
                              throw new IllegalStateException(e);
                            } finally {
                              async.complete();
                            }
                          });
                    }))
            .toArray(Endpoint[]::new));
  }

  private static void answerTimeout(AsyncContext async) {
    async.setTimeout(250);
    async.addListener(
        new CompletionOfTimeouts(
            () -> {
              HttpServletResponse response = (HttpServletResponse) async.getResponse();
              response.setStatus(504);
              response.getWriter().print("its own");
              response.flushBuffer();
              async.complete();
            }));
  }

  private static Endpoint on(String path, Handler handler) {
    return get(path).with(handledBy(handler));
  }

  private static void fail(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  @BeforeAll
  static void start() throws Exception {
    ProblemFilter problems =
        new ProblemFilter(
            List.of(
                thrown ->
                    thrown instanceof UnsupportedOperationException
                        ? Optional.of(Problem.of(ProblemType.NOT_IMPLEMENTED))
                        : Optional.empty()));
    server =
        new JettyServer("/")
            .filter(ApiFilterChain.of(table()).with(problems).withoutAccessControl().build())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(ProblemFilter.class);
  }

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void unlisten() {
    logger().detachAppender(log);
  }

  @ParameterizedTest
  @CsvSource({
    "/unchecked, 500, internal-error",
    "/checked, 500, internal-error",
    "/error, 500, internal-error",
    "/overflow, 500, internal-error",
    "/known, 410, gone",
    "/mapped, 501, not-implemented",
    "/send-error, 409, conflict",
    "/send-error-after-writer, 503, unavailable",
    "/teapot, 418, bad-request",
    "/half-written, 500, internal-error",
    "/async-timeout, 503, unavailable",
    "/async-send-error, 502, bad-gateway",
    "/async-then-thrown, 500, internal-error",
    "/nowhere, 404, not-found",
  })
  void everyFailureIsAProblemWithAnErrorIdAndNothingInternal(String path, int status, String code)
      throws Exception {
    HttpResponse<String> response = server.get(path, "Accept", "text/html");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.body())
        .contains("\"status\":" + status)
        .contains("\"code\":\"" + code + "\"")
        .contains("\"type\":\"urn:sallyport:" + code + "\"")
        .matches(".*\"errorId\":\"[0-9a-f]{32}\".*")
        .doesNotContain(SECRET)
        .doesNotContain("xception")
        .doesNotContain("io.sallyport")
        .endsWith("}");
  }

  @Test
  void aHandlerMayAnswerItsOwnTimeout() throws Exception {
    HttpResponse<String> response = server.get("/async-own-timeout");

    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.body()).isEqualTo("its own");
  }

  @Test
  void aStreamThatTimesOutDoesNotEndAsIfItWereWhole() throws Exception {
    String response =
        server.raw("GET /async-cut HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(response).contains("begun").doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void theErrorIdLeadsToTheExceptionInTheLog() throws Exception {
    HttpResponse<String> response = server.get("/unchecked");

    Matcher id = Pattern.compile("\"errorId\":\"([0-9a-f]+)\"").matcher(response.body());
    assertThat(id.find()).isTrue();
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.ERROR)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage()).contains(id.group(1));
              assertThat(event.getThrowableProxy().getMessage()).isEqualTo(SECRET);
            });
  }

  @Test
  void aProblemThrownByAHandlerKeepsItsDetailAndItsFields() throws Exception {
    HttpResponse<String> response = server.get("/known");

    assertThat(response.body()).contains("\"detail\":\"It was deleted.\"");
    assertThat(response.headers().firstValue("Retry-After")).contains("7");
  }

  @Test
  void fieldsOfGuardsStayAndThoseOfTheRepresentationGo() throws Exception {
    HttpResponse<String> response = server.get("/send-error-after-writer");

    assertThat(response.headers().firstValue("X-Kept")).contains("yes");
    assertThat(response.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void headGetsTheFieldsOfAProblemAndNoBody() throws Exception {
    HttpResponse<String> response = server.send("HEAD", "/unchecked");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aFailureAfterTheCommitBreaksTheConnectionAndIsLogged() {
    assertThatThrownBy(() -> server.get("/committed")).isInstanceOf(IOException.class);

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(message -> message.startsWith("failed after the response was committed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Broken pipe", "Connection reset by peer"})
  void aClientThatVanishedIsNoError(String message) throws Exception {
    JettyServer vanishing =
        new JettyServer("/")
            .filter(
                ApiFilterChain.of(
                        Endpoints.of(
                            on(
                                "/gone",
                                (q, a) -> {
                                  throw new IOException(message);
                                })))
                    .withoutAccessControl()
                    .build())
            .start();
    try {
      // The container ends the exchange as it likes: there is nobody to read it.
      vanishing.raw("GET /gone HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    } finally {
      vanishing.stop();
    }
  }

  private interface Answer {
    void run() throws IOException;
  }

  private record CompletionOfTimeouts(Answer answer) implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      answer.run();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
