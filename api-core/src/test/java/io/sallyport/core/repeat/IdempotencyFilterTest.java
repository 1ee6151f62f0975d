package io.sallyport.core.repeat;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.body.JsonBody;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.ProblemFilter;
import io.sallyport.core.idempotency.Doubt;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.idempotency.IdempotencyFilter;
import io.sallyport.core.idempotency.IdempotentRequest;
import io.sallyport.core.idempotency.OperationId;
import io.sallyport.core.idempotency.Reconciliation;
import io.sallyport.core.idempotency.StoredResponse;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.testing.JettyServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IdempotencyFilterTest {
  private static final String KEY = "Idempotency-Key";
  private static final byte[] CHUNK = "0123456789".repeat(10).getBytes(StandardCharsets.UTF_8);

  private final IdempotentService service = new IdempotentService();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    Idempotency required = Idempotency.required();
    service
        .post("/payments", required, IdempotentService::created)
        .post("/refunds", required, IdempotentService::created)
        .put("/payments", required, IdempotentService::created)
        .post("/payments/{id}/capture", required, IdempotentService::created)
        .post("/optional", Idempotency.optional(), IdempotentService::created)
        .post("/bare", required.allowBareKeys(), IdempotentService::created)
        .post("/400", required.mismatchAnswers400(), IdempotentService::created)
        .post("/public", required.allowAnonymousCallers(), IdempotentService::created)
        .post("/uncompared", required.bodyNotCompared(), IdempotentService::created)
        .post(
            "/small",
            required.maxResponseBytes(50).maxRequestBytes(10),
            (q, a) -> {
              a.setContentType("text/plain");
              for (int i = 0; i < 3; i++) {
                a.getOutputStream().write(CHUNK);
              }
            })
        .post("/if-match", required.comparing("If-Match"), IdempotentService::created)
        .post(
            "/echo",
            required,
            (q, a) -> {
              a.setContentType("text/plain;charset=utf-8");
              q.getReader().transferTo(a.getWriter());
              a.getWriter().print("é");
            })
        .post(
            "/fields",
            required,
            (q, a) -> {
              a.addHeader("Link", "</a>; rel=\"a\"");
              a.addHeader("Link", "</b>; rel=\"b\"");
              a.setHeader("ETag", "\"1\"");
              a.setHeader("Cache-Control", "max-age=60");
              a.setHeader("WWW-Authenticate", "Bearer");
              a.setDateHeader("Date", 0);
              a.addCookie(new Cookie("session", "secret"));
              a.setStatus(204);
            })
        .post("/redirect", required, (q, a) -> a.sendRedirect("/payments/1"))
        .post(
            "/send-error/{status}",
            required,
            (q, a) -> a.sendError(Integer.parseInt(q.getRequestURI().substring(12)), "secret"))
        .post(
            "/set-status/{status}",
            required,
            (q, a) -> {
              a.setStatus(Integer.parseInt(q.getRequestURI().substring(12)));
              a.getWriter().print("said " + service.effects.get());
            })
        .post(
            "/thrown/{status}",
            required,
            (q, a) -> {
              int status = Integer.parseInt(q.getRequestURI().substring(8));
              throw new ProblemException(Problem.of(ProblemType.forStatus(status)));
            })
        .post(
            "/mapped",
            required,
            (q, a) -> {
              throw new UnsupportedOperationException("secret");
            })
        .post(
            "/broken",
            required,
            (q, a) -> {
              throw new IllegalStateException("secret");
            })
        .post(
            "/broken-before",
            required,
            (q, a) -> {
              IdempotentRequest.of(q).failedWithoutEffect();
              throw new IllegalStateException("secret");
            })
        .post(
            "/slow",
            required,
            (q, a) -> {
              entered.countDown();
              mayGoOn.await();
              IdempotentService.created(q, a);
            })
        .post(
            "/flushing",
            required,
            (q, a) -> {
              a.setContentType("text/plain");
              a.getWriter().print("begun");
              a.flushBuffer();
              entered.countDown();
              mayGoOn.await();
              a.getWriter().print(" and done");
            })
        .post(
            "/broken-late",
            required,
            (q, a) -> {
              a.getWriter().print("begun");
              a.flushBuffer();
              throw new IllegalStateException("secret");
            })
        .post(
            "/async-complete",
            required,
            (q, a) -> {
              AsyncContext async = q.startAsync();
              async.start(
                  () -> {
                    try {
                      IdempotentService.created(
                          q, (jakarta.servlet.http.HttpServletResponse) async.getResponse());
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                    async.complete();
                  });
            })
        .post(
            "/async-dispatch",
            required,
            (q, a) -> {
              if (q.getDispatcherType() == DispatcherType.ASYNC) {
                service.effects.decrementAndGet();
                IdempotentService.created(q, a);
              } else {
                q.startAsync().dispatch();
              }
            })
        .post(
            "/async-dispatch-fails",
            required,
            (q, a) -> {
              if (q.getDispatcherType() == DispatcherType.ASYNC) {
                service.effects.decrementAndGet();
                throw new ProblemException(Problem.of(ProblemType.RATE_LIMITED));
              }
              q.startAsync().dispatch();
            })
        .post(
            "/async-listener",
            required,
            (q, a) -> {
              AsyncContext async = q.startAsync(q, a);
              a.setContentType("text/plain");
              a.getOutputStream().setWriteListener(new Chunks(async, a.getOutputStream()));
            })
        .post(
            "/async-send-error",
            required,
            (q, a) -> {
              AsyncContext async = q.startAsync(q, a);
              async.start(
                  () -> {
                    try {
                      a.sendError(404);
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                    async.complete();
                  });
            })
        .post(
            "/async-late",
            required,
            (q, a) -> {
              AsyncContext async = q.startAsync(q, a);
              async.setTimeout(500);
              Thread late =
                  new Thread(
                      () -> {
                        try {
                          mayGoOn.await();
                          a.setStatus(201);
                          a.getWriter().print("late");
                          async.complete();
                        } catch (IOException | InterruptedException | IllegalStateException e) {
                          // The container has ended the request already, and says so.
                          assertThat(e).isNotNull();
                        } finally {
                          ended.countDown();
                        }
                      });
              late.start();
            })
        .start(
            new ProblemFilter(
                List.of(
                    thrown ->
                        thrown instanceof UnsupportedOperationException
                            ? Optional.of(Problem.of(ProblemType.NOT_FOUND))
                            : Optional.empty())));
  }

  /** Writes without blocking. */
  private record Chunks(AsyncContext async, ServletOutputStream stream) implements WriteListener {
    @Override
    public void onWritePossible() throws IOException {
      for (int i = 0; i < 3 && stream.isReady(); i++) {
        stream.write(CHUNK);
      }
      async.complete();
    }

    @Override
    public void onError(Throwable thrown) {
      async.complete();
    }
  }

  @AfterEach
  void stop() throws Exception {
    mayGoOn.countDown();
    service.stop();
  }

  private static String code(HttpResponse<String> response) {
    String body = response.body();
    int at = body.indexOf("\"code\":\"");
    return at < 0 ? "" : body.substring(at + 8, body.indexOf('"', at + 8));
  }

  private static boolean replayed(HttpResponse<String> response) {
    return response.headers().firstValue("Idempotency-Replayed").isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "/payments, 201, {\"id\":1}",
    "/echo, 200, sent é",
    "/redirect, 302, ''",
    "/set-status/409, 409, said 1",
    "/flushing, 200, begun and done",
    "/async-complete, 201, {\"id\":1}",
    "/async-dispatch, 201, {\"id\":1}",
  })
  void aRepetitionIsAnsweredByteForByteAndRunsNothing(String path, int status, String body)
      throws Exception {
    mayGoOn.countDown();
    HttpResponse<String> first = service.send(path, "sent ", KEY, "\"k\"");

    HttpResponse<String> second = service.send(path, "sent ", KEY, "\"k\"");

    assertThat(service.effects).hasValue(1);
    assertThat(first.statusCode()).isEqualTo(status);
    assertThat(first.body()).isEqualTo(body.replace("sent é", "sent é"));
    assertThat(replayed(first)).isFalse();
    assertThat(second.statusCode()).isEqualTo(first.statusCode());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(second.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/async-listener", "/async-send-error", "/thrown/404", "/send-error/410"})
  void streamsListenersAndProblemsAreReplayedWhole(String path) throws Exception {
    HttpResponse<String> first = service.send(path, "", KEY, "\"k\"");

    HttpResponse<String> second = service.send(path, "", KEY, "\"k\"");

    assertThat(first.body()).isNotEmpty();
    assertThat(second.statusCode()).isEqualTo(first.statusCode());
    // The error id of a replayed problem too: it leads to the request that ran.
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(replayed(second)).isTrue();
    assertThat(service.effects).hasValue(1);
  }

  @Test
  void fieldsOfTheAnswerAreReplayedAndThoseOfTheExchangeAreNot() throws Exception {
    HttpResponse<String> first = service.send("/fields", "", KEY, "\"k\"");

    HttpResponse<String> second = service.send("/fields", "", KEY, "\"k\"");

    assertThat(first.headers().firstValue("Set-Cookie")).isPresent();
    assertThat(second.statusCode()).isEqualTo(204);
    assertThat(second.headers().allValues("Link"))
        .containsExactly("</a>; rel=\"a\"", "</b>; rel=\"b\"");
    assertThat(second.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(second.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(second.headers().allValues("Cache-Control")).containsExactly("no-store");
    // That of a guard before is of this request, and there once.
    assertThat(second.headers().allValues("X-Guard"))
        .hasSize(1)
        .isNotEqualTo(first.headers().allValues("X-Guard"));
  }

  @Test
  void aRequestWithoutAKeyIsRefusedWhereOneIsRequiredAndRunsEachTimeWhereNot() throws Exception {
    HttpResponse<String> refused = service.send("/payments", "");
    service.send("/optional", "");
    service.send("/optional", "");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(code(refused)).isEqualTo("idempotency-key-missing");
    assertThat(service.effects).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8e03978e-40d5-43dd-bc93-6894a57f9324",
        "\"\"",
        "\"",
        "\"a",
        "\"a\\\"",
        "\"a\\b\"",
        "\"a\"b\"",
        "\"a\", \"b\"",
        "\"a\";p=1",
        "\"a\u0009b\"",
        "\"\u00e9\"",
        "?1",
        "1",
        ":YQ==:",
        "TOO-LONG",
      })
  void aKeyThatIsNotOneStringIsRefused(String line) throws Exception {
    String key = line.equals("TOO-LONG") ? '"' + "k".repeat(256) + '"' : line;

    String answer =
        service
            .server()
            .raw(
                "POST /payments HTTP/1.1\r\nHost: x\r\nX-User: ann\r\nConnection: close\r\n"
                    + "Content-Length: 0\r\nIdempotency-Key: "
                    + key
                    + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("idempotency-key-invalid");
    assertThat(service.effects).hasValue(0);
  }

  @Test
  void twoFieldLinesAreRefusedEvenWhenTheyAgree() throws Exception {
    HttpResponse<String> refused = service.send("/payments", "", KEY, "\"k\"", KEY, "\"k\"");

    assertThat(code(refused)).isEqualTo("idempotency-key-invalid");
  }

  @Test
  void escapesAndTheLongestKeyAreTaken() throws Exception {
    assertThat(service.send("/payments", "", KEY, "\"a\\\"\\\\b\"").statusCode()).isEqualTo(201);
    assertThat(service.send("/payments", "", KEY, '"' + "\\\"".repeat(255) + '"').statusCode())
        .isEqualTo(201);
  }

  @Test
  void aBareKeyIsTheQuotedOneWhereItIsAllowed() throws Exception {
    service.send("/bare", "", KEY, "8e03978e-40d5");

    HttpResponse<String> second = service.send("/bare", "", KEY, "\"8e03978e-40d5\"");

    assertThat(replayed(second)).isTrue();
    assertThat(code(service.send("/bare", "", KEY, "a b"))).isEqualTo("idempotency-key-invalid");
  }

  @Test
  void aKeyWithAnotherRequestIsRefused() throws Exception {
    service.send("/payments", "{\"amount\":1}", KEY, "\"k\"");
    service.send("/400", "1", KEY, "\"k\"");
    service.send("/payments/1/capture", "", KEY, "\"k\"");

    HttpResponse<String> body = service.send("/payments", "{\"amount\":2}", KEY, "\"k\"");
    HttpResponse<String> query = service.send("/payments?a=1", "{\"amount\":1}", KEY, "\"k\"");
    HttpResponse<String> type =
        service.send("/payments", "{\"amount\":1}", KEY, "\"k\"", "Content-Type", "text/plain");
    HttpResponse<String> path = service.send("/payments/2/capture", "", KEY, "\"k\"");
    HttpResponse<String> by400 = service.send("/400", "2", KEY, "\"k\"");

    for (HttpResponse<String> refused : List.of(body, query, type, path)) {
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(code(refused)).isEqualTo("idempotency-key-reused");
    }
    assertThat(by400.statusCode()).isEqualTo(400);
    assertThat(code(by400)).isEqualTo("idempotency-key-reused");
    assertThat(service.effects).hasValue(3);
  }

  @Test
  void aFieldIsComparedWhereTheEndpointSaysSo() throws Exception {
    service.send("/if-match", "", KEY, "\"k\"", "If-Match", "\"1\"");

    assertThat(code(service.send("/if-match", "", KEY, "\"k\"", "If-Match", "\"2\"")))
        .isEqualTo("idempotency-key-reused");
    service.send("/uncompared", "1", KEY, "\"k\"");
    assertThat(replayed(service.send("/uncompared", "2", KEY, "\"k\""))).isTrue();
  }

  @Test
  void aKeyBelongsToCallerTenantMethodAndEndpoint() throws Exception {
    service.send("/payments", "", KEY, "\"k\"");

    service.send("/payments", "", KEY, "\"k\"", "X-User", "bob");
    service.send("/payments", "", KEY, "\"k\"", "X-Tenant", "other");
    service.send("/refunds", "", KEY, "\"k\"");
    service.sendAsync("PUT", "/payments", "", KEY, "\"k\"").join();

    assertThat(service.effects).hasValue(5);
  }

  @Test
  void anAnonymousCallerHasNoKeysUnlessTheEndpointSaysSo() throws Exception {
    HttpResponse<String> refused = service.send("/payments", "", KEY, "\"k\"", "X-User", "nobody");
    service.send("/public", "", KEY, "\"k\"", "X-User", "nobody");
    HttpResponse<String> again = service.send("/public", "", KEY, "\"k\"", "X-User", "nobody");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(replayed(again)).isTrue();
    assertThat(service.effects).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"thrown", "send-error", "set-status"})
  void aRefusalByTheHandlerUsesUpNoKey(String how) throws Exception {
    for (int status : new int[] {400, 401, 403, 412, 415, 422, 429, 503}) {
      String path = "/" + how + "/" + status;
      HttpResponse<String> first = service.send(path, "", KEY, "\"k" + status + '"');
      int before = service.effects.get();

      HttpResponse<String> second = service.send(path, "changed", KEY, "\"k" + status + '"');

      assertThat(first.statusCode()).isEqualTo(status);
      assertThat(second.statusCode()).isEqualTo(status);
      assertThat(service.effects).hasValue(before + 1);
    }
  }

  @Test
  void aRefusalByAGuardBeforeUsesUpNoKey() throws Exception {
    service.send("/payments", "", KEY, "\"k\"", "X-User", "banned");

    assertThat(service.store.get("anything")).isEmpty();
    assertThat(service.effects).hasValue(0);
  }

  @Test
  void anExceptionIsReadAsTheProblemFilterReadsIt() throws Exception {
    HttpResponse<String> first = service.send("/mapped", "", KEY, "\"k\"");

    HttpResponse<String> second = service.send("/mapped", "", KEY, "\"k\"");

    assertThat(first.statusCode()).isEqualTo(404);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(service.effects).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/broken", "/broken-late", "/thrown/500", "/send-error/502", "/set-status/504"})
  void aFailureThatMayHaveTakenEffectIsNeverRunAgain(String path) throws Exception {
    HttpResponse<String> failed = service.send(path, "", KEY, "\"k\"");

    HttpResponse<String> second = service.send(path, "", KEY, "\"k\"");

    assertThat(failed.statusCode()).isBetween(500, 504);
    assertThat(failed.body()).doesNotContain("secret").doesNotContain("begun");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(code(second)).isEqualTo("idempotency-outcome-unknown");
    assertThat(second.headers().firstValue("Retry-After")).isEmpty();
    assertThat(service.effects).hasValue(1);
  }

  @Test
  void aHandlerCanSayThatItFailedWithoutEffect() throws Exception {
    service.send("/broken-before", "", KEY, "\"k\"");
    service.send("/broken-before", "", KEY, "\"k\"");

    assertThat(service.effects).hasValue(2);
  }

  @Test
  void aRepetitionWhileTheFirstRunsIsToldToComeBack() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        service.sendAsync("POST", "/slow", "", KEY, "\"k\"");
    entered.await();

    HttpResponse<String> second = service.send("/slow", "", KEY, "\"k\"");
    mayGoOn.countDown();

    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(code(second)).isEqualTo("idempotency-in-progress");
    assertThat(second.headers().firstValue("Retry-After")).contains("1");
    assertThat(first.join().statusCode()).isEqualTo(201);
    assertThat(replayed(service.send("/slow", "", KEY, "\"k\""))).isTrue();
  }

  @Test
  void ofManyAtOnceOneRuns() {
    mayGoOn.countDown();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      all.add(service.sendAsync("POST", "/slow", "", KEY, "\"k\""));
    }

    List<HttpResponse<String>> answers = all.stream().map(CompletableFuture::join).toList();

    assertThat(service.effects).hasValue(1);
    assertThat(answers).allMatch(a -> a.statusCode() == 201 || a.statusCode() == 409);
    assertThat(answers).filteredOn(a -> a.statusCode() == 201 && !replayed(a)).hasSize(1);
  }

  @Test
  void aLeaseThatRanOutIsADoubtUntilTheHandlerEnds() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        service.sendAsync("POST", "/slow", "", KEY, "\"k\"");
    entered.await();
    service.clock.advance(Idempotency.DEFAULT_LEASE);

    HttpResponse<String> second = service.send("/slow", "", KEY, "\"k\"");
    mayGoOn.countDown();

    assertThat(code(second)).isEqualTo("idempotency-outcome-unknown");
    assertThat(second.body()).contains("A new key is not safe");
    assertThat(first.join().statusCode()).isEqualTo(201);
    assertThat(replayed(service.send("/slow", "", KEY, "\"k\""))).isTrue();
    assertThat(service.effects).hasValue(1);
  }

  private Doubt doubt(HttpResponse<String> told) {
    String reference = told.headers().firstValue("Idempotency-Operation").orElseThrow();
    OperationId operation = new OperationId(reference.substring(1, reference.length() - 1));
    return reconciliation().find(operation).orElseThrow();
  }

  private Reconciliation reconciliation() {
    return new Reconciliation(service.records, Duration.ofHours(1));
  }

  @Test
  void anOperatorCanSayThatADoubtfulOperationWasCompleted() throws Exception {
    HttpResponse<String> failed = service.send("/broken", "", KEY, "\"k\"");
    Doubt doubt = doubt(service.send("/broken", "", KEY, "\"k\""));
    StoredResponse found =
        StoredResponse.of(201).body("text/plain", "it was".getBytes(StandardCharsets.UTF_8));

    assertThat(failed.body()).contains(doubt.exchangeId());
    assertThat(reconciliation().completed(doubt, found)).isTrue();

    assertThat(service.send("/broken", "", KEY, "\"k\"").body()).isEqualTo("it was");
    assertThat(reconciliation().failedWithoutEffect(doubt)).isFalse();
    assertThat(reconciliation().find(doubt.operation())).isEmpty();
    assertThat(service.effects).hasValue(1);
  }

  @Test
  void anOperatorCanSayThatADoubtfulOperationHadNoEffectAndAZombieCannotCompleteIt()
      throws Exception {
    CompletableFuture<HttpResponse<String>> zombie =
        service.sendAsync("POST", "/slow", "", KEY, "\"k\"");
    entered.await();
    service.clock.advance(Idempotency.DEFAULT_LEASE);
    Doubt doubt = doubt(service.send("/slow", "", KEY, "\"k\""));
    assertThat(reconciliation().failedWithoutEffect(doubt)).isTrue();

    mayGoOn.countDown();

    assertThat(code(zombie.join())).isEqualTo("idempotency-outcome-unknown");
    assertThat(replayed(service.send("/slow", "", KEY, "\"k\""))).isFalse();
  }

  @Test
  void anAnswerThatIsTooLargeArrivesAndIsNotRunAgain() throws Exception {
    HttpResponse<String> first = service.send("/small", "", KEY, "\"k\"");

    HttpResponse<String> second = service.send("/small", "", KEY, "\"k\"");

    assertThat(first.body()).hasSize(300);
    assertThat(code(second)).isEqualTo("idempotency-response-not-kept");
    assertThat(second.body()).contains("status 200");
    assertThat(service.effects).hasValue(1);
  }

  @Test
  void aBodyThatIsTooLargeToCompareIsRefused() throws Exception {
    assertThat(service.send("/small", "12345678901", KEY, "\"k\"").statusCode()).isEqualTo(413);
    assertThat(service.send("/small", "1234567890", KEY, "\"k\"").statusCode()).isEqualTo(200);
  }

  @Test
  void anOutageOfTheStoreRefuses() throws Exception {
    service.store.out = true;

    HttpResponse<String> refused = service.send("/payments", "", KEY, "\"k\"");
    service.store.out = false;

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(service.send("/payments", "", KEY, "\"k\"").statusCode()).isEqualTo(201);
    assertThat(service.effects).hasValue(1);
  }

  @Test
  void aClaimOfUnknownFateIsTakenBack() throws Exception {
    service.store.outAfterPut = true;
    HttpResponse<String> refused = service.send("/payments", "", KEY, "\"k\"");
    service.store.outAfterPut = false;

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(service.send("/payments", "", KEY, "\"k\"").statusCode()).isEqualTo(201);
  }

  @Test
  void anOutageWhileTheHandlerRunsLeavesTheAnswerTrueAndTheOperationInDoubt() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        service.sendAsync("POST", "/slow", "", KEY, "\"k\"");
    entered.await();
    service.store.out = true;
    mayGoOn.countDown();

    assertThat(first.join().statusCode()).isEqualTo(201);
    service.store.out = false;
    service.clock.advance(Idempotency.DEFAULT_LEASE);
    assertThat(code(service.send("/slow", "", KEY, "\"k\"")))
        .isEqualTo("idempotency-outcome-unknown");
    assertThat(service.effects).hasValue(1);
  }

  @Test
  void nothingLeavesBeforeTheRecordIsStored() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        service.sendAsync("POST", "/flushing", "", KEY, "\"k\"");
    entered.await();

    assertThat(code(service.send("/flushing", "", KEY, "\"k\"")))
        .isEqualTo("idempotency-in-progress");
    assertThat(first).isNotDone();
    mayGoOn.countDown();
    assertThat(first.join().body()).isEqualTo("begun and done");
  }

  @Test
  void anAsyncRefusalUsesUpNoKey() throws Exception {
    HttpResponse<String> first = service.send("/async-dispatch-fails", "", KEY, "\"k\"");
    service.send("/async-dispatch-fails", "", KEY, "\"k\"");

    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(service.effects).hasValue(2);
  }

  @Test
  void anAsyncHandlerThatEndsAfterItsTimeoutIsRecordedAndNotRunAgain() throws Exception {
    HttpResponse<String> timedOut = service.send("/async-late", "", KEY, "\"k\"");
    HttpResponse<String> meanwhile = service.send("/async-late", "", KEY, "\"k\"");
    mayGoOn.countDown();
    ended.await();

    assertThat(timedOut.statusCode()).isEqualTo(503);
    assertThat(code(meanwhile)).isEqualTo("idempotency-in-progress");
    // Not the key released because of the 503 that was answered in its place.
    assertThat(code(service.send("/async-late", "", KEY, "\"k\"")))
        .isEqualTo("idempotency-response-not-kept");
    assertThat(service.effects).hasValue(1);
  }

  @Test
  void itWorksMappedAlone() throws Exception {
    Endpoints table =
        Endpoints.of(post("/payments").with(Idempotency.required().allowAnonymousCallers()));
    JettyServer alone =
        new JettyServer("/")
            .filter(IdempotencyFilter.of(table, service.records).build())
            .servlet(
                "/payments",
                new jakarta.servlet.http.HttpServlet() {
                  @Override
                  protected void doPost(
                      jakarta.servlet.http.HttpServletRequest request,
                      jakarta.servlet.http.HttpServletResponse response)
                      throws IOException {
                    IdempotentService.created(request, response);
                  }
                })
            .start();
    try {
      alone.send("POST", "/payments", KEY, "\"k\"");

      assertThat(replayed(alone.send("POST", "/payments", KEY, "\"k\""))).isTrue();
      assertThat(alone.send("POST", "/nowhere", KEY, "\"k\"").statusCode()).isEqualTo(404);
    } finally {
      alone.stop();
    }
  }

  record Large(String text) {}

  @Test
  void faultsOfDeclarationsAreFoundAtStartUp() {
    Endpoints table =
        Endpoints.of(
            get("/a").with(Idempotency.required()),
            post("/b").with(Idempotency.required().inTransaction()),
            post("/d").with(Idempotency.optional().inTransaction()),
            post("/c")
                .with(JsonBody.of(Large.class).maxBytes(2 << 20))
                .with(Idempotency.required()));
    IdempotencyFilter filter = IdempotencyFilter.of(table, service.records).build();

    assertThatThrownBy(() -> ApiFilterChain.of(table).with(filter).withoutAccessControl().build())
        .hasMessageContaining("GET /a: Idempotency \"GET\" must not be declared")
        .hasMessageContaining("POST /b: Idempotency inTransaction needs a store")
        .hasMessageContaining("POST /d: Idempotency inTransaction \"optional\" must not be")
        .hasMessageContaining("POST /c: Idempotency maxRequestBytes \"1048576\"");
    assertThat(filter.faults()).extracting(Fault::where).containsExactly("POST /b", "POST /d");
  }
}
