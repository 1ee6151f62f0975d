package io.sallyport.core.recorded;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.recording.Recording;
import io.sallyport.core.recording.Recording.Complete;
import io.sallyport.core.recording.Recording.Incomplete;
import io.sallyport.core.testing.JettyServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class RecordingResponseTest {
  private static final RecordingFilter RECORDER = new RecordingFilter();
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private static JettyServer server;

  private static Endpoints table() {
    return Endpoints.of(
        Stream.of(
                on(
                    "/stream",
                    (q, a) -> {
                      a.setContentType("application/json");
                      a.setHeader("X-Own", "1");
                      a.addCookie(new Cookie("c", "d"));
                      a.getOutputStream().print("{}");
                      a.getOutputStream().write(' ');
                    }),
                on(
                    "/writer",
                    (q, a) -> {
                      a.setContentType("text/plain;charset=ISO-8859-1");
                      PrintWriter writer = a.getWriter();
                      a.setCharacterEncoding("UTF-16");
                      a.setContentType("text/html");
                      writer.print("caf\u00e9");
                    }),
                on("/charset", (q, a) -> a.getWriter().print("\u00e9")),
                on(
                    "/flushed",
                    (q, a) -> {
                      a.getOutputStream().print("a");
                      a.getOutputStream().flush();
                      a.getOutputStream().print("b");
                      a.getOutputStream().close();
                      a.getOutputStream().print("dropped");
                    }),
                on(
                    "/flush-buffer",
                    (q, a) -> {
                      a.getWriter().print("first");
                      a.flushBuffer();
                      assertThat(RELEASED.await(20, TimeUnit.SECONDS)).isTrue();
                      a.getWriter().print("second");
                    }),
                on("/exact", (q, a) -> a.getWriter().print("x".repeat(RecordingFilter.MAX_BYTES))),
                on(
                    "/large",
                    (q, a) -> {
                      for (int i = 0; i <= RecordingFilter.MAX_BYTES; i++) {
                        a.getOutputStream().write('x');
                      }
                    }),
                on("/error", (q, a) -> a.sendError(409, "secret")),
                on(
                    "/error-after-writer",
                    (q, a) -> {
                      a.setHeader("ETag", "\"1\"");
                      a.getWriter().print("half");
                      a.sendError(503);
                      a.getWriter().print("after");
                    }),
                on(
                    "/redirect",
                    (q, a) -> {
                      a.getWriter().print("dropped");
                      a.sendRedirect("/elsewhere");
                    }),
                on(
                    "/reset",
                    (q, a) -> {
                      a.setHeader("X-Own", "1");
                      a.getWriter().print("dropped");
                      a.reset();
                      a.getOutputStream().print("kept");
                    }),
                on(
                    "/reset-buffer",
                    (q, a) -> {
                      a.setHeader("X-Own", "1");
                      a.getWriter().print("dropped");
                      a.resetBuffer();
                      a.getWriter().print("kept");
                    }),
                on(
                    "/throws",
                    (q, a) -> {
                      a.getWriter().print("half");
                      throw new IllegalStateException("boom");
                    }),
                on(
                    "/cut-short",
                    (q, a) -> {
                      a.setContentLength(10);
                      a.getOutputStream().print("half");
                    }),
                on(
                    "/trailers",
                    (q, a) -> {
                      a.setTrailerFields(() -> Map.of("x", "y"));
                      a.getOutputStream().print("body");
                    }),
                on(
                    "/both",
                    (q, a) -> {
                      a.getOutputStream();
                      a.getWriter();
                    }),
                on(
                    "/replace",
                    (q, a) -> {
                      a.setHeader("X-Replace", "yes");
                      a.setContentLength(7);
                      a.getOutputStream().print("handler");
                    }),
                on(
                    "/fail-at-end",
                    (q, a) -> {
                      a.setHeader("X-Fail-At-End", "yes");
                      a.getOutputStream().print("handler");
                    }),
                on(
                    "/async-fail-at-end",
                    (q, a) -> {
                      AsyncContext context = q.startAsync();
                      a.setHeader("X-Fail-At-End", "yes");
                      a.getOutputStream().print("handler");
                      context.start(context::complete);
                    }),
                on(
                    "/async",
                    (q, a) -> {
                      AsyncContext context = q.startAsync();
                      context.start(
                          () -> {
                            // The context's response, as many handlers use it.
                            print(context, "late");
                            context.complete();
                          });
                    }),
                on(
                    "/async-dispatch",
                    (q, a) -> {
                      if (q.getDispatcherType() == DispatcherType.ASYNC) {
                        a.getWriter().print("dispatched");
                        return;
                      }
                      a.getWriter().print("first,");
                      AsyncContext context = q.startAsync();
                      context.start(context::dispatch);
                    }),
                on(
                    "/async-timeout",
                    (q, a) -> {
                      a.getWriter().print("half");
                      // Jetty loses a timeout that fires before it has noted the task.
                      q.startAsync().setTimeout(250);
                    }),
                on(
                    "/non-blocking",
                    (q, a) -> {
                      AsyncContext context = q.startAsync();
                      ServletOutputStream out = a.getOutputStream();
                      out.setWriteListener(new Twice(context, out));
                    }))
            .toArray(Endpoint[]::new));
  }

  private static Endpoint on(String path, Handler handler) {
    return get(path).with(handledBy(handler));
  }

  private static void print(AsyncContext context, String text) {
    try {
      context.getResponse().getWriter().print(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    ApiFilterChain chain = ApiFilterChain.of(table()).with(RECORDER).withoutAccessControl().build();
    server = new JettyServer("/").filter(chain).start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @AfterEach
  void everyResponseEndsOnce() {
    assertThat(RECORDER.left()).isZero();
  }

  private static Complete complete(Recording recording) {
    assertThat(recording).isInstanceOf(Complete.class);
    return (Complete) recording;
  }

  private static String text(Complete recorded) {
    return new String(recorded.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void statusFieldsAndBodyAreRecordedAsTheClientGetsThem(String hold) throws Exception {
    HttpResponse<String> response = server.get("/stream", "X-Hold", hold);

    Complete recorded = complete(RECORDER.next());
    assertThat(response.body()).isEqualTo("{} ");
    assertThat(text(recorded)).isEqualTo("{} ");
    assertThat(recorded.status()).isEqualTo(200);
    assertThat(recorded.values("X-Own")).containsExactly("1");
    assertThat(recorded.values("Content-Type")).containsExactly("application/json");
    assertThat(recorded.values("Set-Cookie")).hasSize(1);
  }

  @Test
  void fieldsThatWereThereBeforeAreNotOfTheHandler() throws Exception {
    HttpResponse<String> response = server.get("/stream");

    assertThat(response.headers().firstValue("X-Guard")).contains("before");
    assertThat(complete(RECORDER.next()).headers().keySet())
        .containsOnly("x-own", "content-type", "expires", "set-cookie");
  }

  @ParameterizedTest
  @CsvSource({
    "/writer, yes, caf\u00e9, text/html;charset=ISO-8859-1",
    "/writer, no, caf\u00e9, text/html;charset=ISO-8859-1",
  })
  void theCharsetOfTheWriterIsTheOneAnnounced(String path, String hold, String body, String type)
      throws Exception {
    HttpResponse<String> response = server.get(path, "X-Hold", hold);

    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringCase(type);
    assertThat(complete(RECORDER.next()).body())
        .isEqualTo(body.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aWriterWithoutCharsetIsLatin1AsTheServletSpecificationSays() throws Exception {
    server.get("/charset");

    assertThat(complete(RECORDER.next()).body()).containsExactly(0xE9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void aFlushIsNoEndAndWhatFollowsACloseIsDropped(String hold) throws Exception {
    HttpResponse<String> response = server.get("/flushed", "X-Hold", hold);

    assertThat(response.body()).isEqualTo("ab");
    assertThat(text(complete(RECORDER.next()))).isEqualTo("ab");
  }

  @Test
  void aHeldBodyIsSentOnceTheBufferIsFlushedAndStillRecorded() throws Exception {
    java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.port());
    try (socket) {
      socket
          .getOutputStream()
          .write(
              "GET /flush-buffer HTTP/1.1\r\nHost: x\r\nX-Hold: yes\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      StringBuilder read = new StringBuilder();
      while (read.indexOf("first") < 0) {
        int next = socket.getInputStream().read();
        assertThat(next).as("end of the response").isNotNegative();
        read.append((char) next);
      }
      RELEASED.countDown();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("second");
    }

    assertThat(text(complete(RECORDER.next()))).isEqualTo("firstsecond");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void aBodyOfExactlyTheBoundIsRecorded(String hold) throws Exception {
    server.get("/exact", "X-Hold", hold);

    assertThat(complete(RECORDER.next()).body()).hasSize(RecordingFilter.MAX_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void aBodyBeyondTheBoundReachesTheClientAndIsNotKept(String hold) throws Exception {
    HttpResponse<String> response = server.get("/large", "X-Hold", hold);

    assertThat(response.body()).hasSize(RecordingFilter.MAX_BYTES + 1);
    assertThat(RECORDER.next()).isEqualTo(Incomplete.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "/error, 409, yes",
    "/error, 409, no",
    "/error-after-writer, 503, yes",
    "/error-after-writer, 503, no"
  })
  void sendErrorIsRecordedAsTheProblemThatTheClientGets(String path, int status, String hold)
      throws Exception {
    HttpResponse<String> response = server.get(path, "X-Hold", hold);

    Complete recorded = complete(RECORDER.next());
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains("\"status\":" + status).endsWith("}");
    assertThat(response.headers().firstValue("ETag")).isEmpty();
    assertThat(recorded.status()).isEqualTo(status);
    assertThat(text(recorded)).isEqualTo(response.body());
    assertThat(recorded.values("Content-Type")).containsExactly("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void aRedirectIsRecorded(String hold) throws Exception {
    HttpResponse<String> response = server.get("/redirect", "X-Hold", hold);

    Complete recorded = complete(RECORDER.next());
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/elsewhere");
    assertThat(recorded.status()).isEqualTo(302);
    assertThat(recorded.values("Location").get(0)).endsWith("/elsewhere");
    assertThat(recorded.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/reset, yes, 0",
    "/reset, no, 0",
    "/reset-buffer, yes, 1",
    "/reset-buffer, no, 1",
  })
  void whatIsResetIsNeitherSentNorRecorded(String path, String hold, int fields) throws Exception {
    HttpResponse<String> response = server.get(path, "X-Hold", hold);

    Complete recorded = complete(RECORDER.next());
    assertThat(response.body()).isEqualTo("kept");
    assertThat(text(recorded)).isEqualTo("kept");
    assertThat(recorded.values("X-Own")).hasSize(fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/throws", "/both"})
  void whatIsThrownEndsARecordingAndIsAnsweredByTheProblemFilter(String path) throws Exception {
    for (String hold : List.of("yes", "no")) {
      HttpResponse<String> response = server.get(path, "X-Hold", hold);

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).contains("internal-error").doesNotContain("half");
      assertThat(RECORDER.next()).isEqualTo(Incomplete.ABORTED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void aBodyShorterThanAnnouncedIsNotWhole(String hold) throws Exception {
    server.get("/cut-short", "X-Hold", hold);

    assertThat(RECORDER.next()).isEqualTo(Incomplete.ABORTED);
  }

  @Test
  void aResponseWithTrailersIsNotRecordable() throws Exception {
    server.get("/trailers");

    assertThat(RECORDER.next()).isEqualTo(Incomplete.NOT_RECORDABLE);
  }

  @Test
  void fieldsCanBeAddedToAHeldResponseAtItsEnd() throws Exception {
    HttpResponse<String> response = server.get("/stream", "X-Hold", "yes");

    assertThat(response.headers().firstValue("X-Recorded")).contains("3");
    assertThat(response.headers().firstValue("Content-Length")).contains("3");
    RECORDER.next();
  }

  @Test
  void aHeldResponseCanBeReplacedAtItsEndAndKeepsTheFieldsOfTheGuards() throws Exception {
    HttpResponse<String> response = server.get("/replace", "X-Hold", "yes");

    assertThat(response.statusCode()).isEqualTo(203);
    assertThat(response.body()).isEqualTo("r");
    assertThat(response.headers().firstValue("X-Replaced")).contains("yes");
    assertThat(response.headers().firstValue("X-Replace")).isEmpty();
    assertThat(response.headers().firstValue("X-Guard")).contains("before");
    RECORDER.next();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fail-at-end", "/async-fail-at-end"})
  void whatFailsAtTheEndOfAHeldResponseIsAProblem(String path) throws Exception {
    HttpResponse<String> response = server.get(path, "X-Hold", "yes");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("internal-error");
    RECORDER.next();
  }

  @ParameterizedTest
  @CsvSource({
    "/async, late, yes",
    "/async, late, no",
    "'/async-dispatch', 'first,dispatched', yes",
    "'/async-dispatch', 'first,dispatched', no",
    "/non-blocking, onetwo, yes",
    "/non-blocking, onetwo, no",
  })
  void anAsyncResponseIsRecordedToItsEnd(String path, String body, String hold) throws Exception {
    HttpResponse<String> response = server.get(path, "X-Hold", hold);

    assertThat(response.body()).isEqualTo(body);
    assertThat(text(complete(RECORDER.next()))).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void anAsyncResponseThatTimesOutIsAProblemAndNotRecorded(String hold) throws Exception {
    HttpResponse<String> response = server.get("/async-timeout", "X-Hold", hold);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).startsWith("{").contains("unavailable");
    assertThat(RECORDER.next()).isEqualTo(Incomplete.ABORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void headIsRecordedWithTheBodyThatTheClientDoesNotGet(String hold) throws Exception {
    HttpResponse<String> response = server.send("HEAD", "/stream", "X-Hold", hold);

    assertThat(response.body()).isEmpty();
    assertThat(text(complete(RECORDER.next()))).isEqualTo("{} ");
  }

  /** Writes without blocking. */
  private static final class Twice implements WriteListener {
    private final AsyncContext context;
    private final ServletOutputStream out;
    private int written;

    Twice(AsyncContext context, ServletOutputStream out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (written < 2 && out.isReady()) {
        out.write((written++ == 0 ? "one" : "two").getBytes(StandardCharsets.US_ASCII));
      }
      if (written == 2 && out.isReady()) {
        context.complete();
      }
    }

    @Override
    public void onError(Throwable thrown) {
      context.complete();
    }
  }
}
