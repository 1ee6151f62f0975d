package io.sallyport.core.caching;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.endpoint.Endpoint.put;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.cache.InvalidationBus;
import io.sallyport.core.cache.ResponseCache;
import io.sallyport.core.cache.ResponseCacheFilter;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.testing.FakeNanoTime;
import io.sallyport.core.testing.JettyServer;
import io.sallyport.core.testing.Race;
import io.sallyport.core.version.Version;
import io.sallyport.core.version.VersionFilter;
import io.sallyport.core.version.VersionedHandler;
import io.sallyport.core.version.Versioning;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ResponseCacheTest {
  private static final Duration TTL = Duration.ofSeconds(60);
  private static final String ANN = "acme/ann";
  private static final String BOB = "acme/bob";
  private static final String EVE = "other/eve";

  private final AtomicInteger runs = new AtomicInteger();
  private final FakeNanoTime time = new FakeNanoTime();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayGo = new CountDownLatch(1);
  private final AtomicReference<String> data = new AtomicReference<>("old");
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private JettyServer server;

  private Endpoints table() {
    ResponseCache cache = ResponseCache.lasting(TTL);
    return Endpoints.of(
        on("/list", "list", cache, (q, a) -> a.getWriter().print("run " + runs.incrementAndGet())),
        on(
            "/shared",
            "shared",
            cache.sharedBetweenCallersEvenIfAuthenticated(),
            (q, a) -> a.getWriter().print("run " + runs.incrementAndGet())),
        on(
            "/public",
            "public",
            cache.sharedBetweenCallers(),
            (q, a) -> a.getWriter().print("run " + runs.incrementAndGet())),
        on(
            "/failing",
            "failing",
            cache,
            (q, a) -> {
              int now = inside.incrementAndGet();
              most.accumulateAndGet(now, Math::max);
              int run = runs.incrementAndGet();
              inside.decrementAndGet();
              if (run == 1) {
                throw new IllegalStateException("the first fails");
              }
              if (run == 2) {
                a.setStatus(503);
                return;
              }
              a.getWriter().print("run " + run);
            }),
        on(
            "/language",
            "language",
            cache.varyingBy("Accept-Language"),
            (q, a) -> a.getWriter().print("run " + runs.incrementAndGet())),
        on(
            "/slow",
            "slow",
            cache,
            (q, a) -> {
              int run = runs.incrementAndGet();
              String seen = data.get();
              if (run == 1) {
                entered.countDown();
                assertThat(mayGo.await(30, TimeUnit.SECONDS)).isTrue();
                if (q.getParameter("fail") != null) {
                  throw new IllegalStateException("the first fails");
                }
              }
              a.getWriter().print(seen);
            }),
        on(
            "/async",
            "async",
            cache,
            (q, a) -> {
              AsyncContext context = q.startAsync();
              context.start(
                  () -> {
                    try {
                      context.getResponse().getWriter().print("run " + runs.incrementAndGet());
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                    context.complete();
                  });
            }),
        on(
            "/conditional",
            "conditional",
            cache,
            (q, a) -> {
              runs.incrementAndGet();
              if (q.getHeader("If-None-Match") != null || q.getHeader("Range") != null) {
                a.setStatus(304);
                return;
              }
              a.getWriter().print("whole");
            }),
        on("/unstorable/{kind}", "unstorable", cache.maxEntryBytes(100), this::unstorable),
        on(
            "/head",
            "head",
            cache,
            (q, a) -> {
              runs.incrementAndGet();
              if (q.getMethod().equals("GET")) {
                a.getWriter().print("body");
              }
            }),
        on("/forwarded", "forwarded", cache, (q, a) -> a.getWriter().print(misled(q))),
        on(
            "/declared",
            "declared",
            cache.varyingBy("X-Forwarded-Host"),
            (q, a) -> a.getWriter().print(misled(q))),
        get("/versioned")
            .id("versioned")
            .with(cache)
            .with(
                Versioning.byMediaType(
                    "application/vnd.a", Version.named("v1"), Version.named("v2")))
            .with(
                VersionedHandler.of(
                    Map.of(
                        "v1", (q, a) -> a.getWriter().print("v1 " + runs.incrementAndGet()),
                        "v2", (q, a) -> a.getWriter().print("v2 " + runs.incrementAndGet())))),
        post("/list").with(handledBy((q, a) -> a.setStatus(201))),
        post("/items")
            .with(ResponseCache.invalidates("list", "shared", "slow", "public"))
            .with(
                handledBy(
                    (q, a) -> {
                      data.set("new");
                      String status = q.getParameter("status");
                      String thrown = q.getParameter("throws");
                      if (thrown != null) {
                        throwProblem(thrown);
                      }
                      a.setStatus(status == null ? 201 : Integer.parseInt(status));
                    })));
  }

  private static String misled(HttpServletRequest request) {
    return request.getHeader("x-forwarded-HOST")
        + Collections.list(request.getHeaders("X-Original-URL"))
        + Collections.list(request.getHeaderNames()).contains("Forwarded")
        + request.getHeader("X-HTTP-Method-Override");
  }

  private static void throwProblem(String kind) throws ServletException {
    switch (kind) {
      case "409" -> throw new ProblemException(Problem.of(ProblemType.CONFLICT));
      case "wrapped 409" ->
          throw new ServletException(new ProblemException(Problem.of(ProblemType.CONFLICT)));
      case "503" -> throw new ProblemException(Problem.of(ProblemType.UNAVAILABLE));
      default -> throw new IllegalStateException(kind);
    }
  }

  private static Endpoint on(String path, String id, ResponseCache cache, Handler handler) {
    return get(path).id(id).with(cache).with(handledBy(handler));
  }

  private void unstorable(HttpServletRequest q, HttpServletResponse a) throws IOException {
    String run = "run " + runs.incrementAndGet();
    String kind = q.getRequestURI().substring("/unstorable/".length());
    switch (kind) {
      case "cookie" -> a.addCookie(new Cookie("a", "b"));
      case "no-store" -> a.setHeader("Cache-Control", "no-store");
      case "vary-star" -> a.setHeader("Vary", "*");
      case "vary-more" -> a.addHeader("Vary", "Accept");
      case "status" -> a.setStatus(404);
      case "error" -> {
        a.sendError(500);
        return;
      }
      case "throws" -> throw new IllegalStateException("boom");
      case "large" -> a.getWriter().print("x".repeat(200));
      case "cut-short" -> a.setContentLength(90);
      case "trailers" -> a.setTrailerFields(() -> Map.of("x", "y"));
      default -> throw new AssertionError(kind);
    }
    a.getWriter().print(run);
  }

  @BeforeEach
  void start() throws Exception {
    server = server(InvalidationBus.none());
  }

  private JettyServer server(InvalidationBus bus) throws Exception {
    return server(bus, Duration.ofMinutes(10));
  }

  private JettyServer server(InvalidationBus bus, Duration patience) throws Exception {
    Endpoints endpoints = table();
    return new JettyServer("/")
        .filter(
            ApiFilterChain.of(endpoints)
                .with(new CallerGuard())
                .with(new VersionFilter(endpoints, InstantSource.fixed(Instant.EPOCH)))
                .with(
                    ResponseCacheFilter.of(endpoints)
                        .nanoTime(time)
                        .bus(bus)
                        .patience(patience)
                        .build())
                .build())
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    mayGo.countDown();
    server.stop();
  }

  private String body(String path, String caller, String... more) throws Exception {
    String[] headers = java.util.Arrays.copyOf(more, more.length + 2);
    headers[more.length] = "X-Caller";
    headers[more.length + 1] = caller;
    return server.get(path, headers).body();
  }

  @Test
  void anAnswerIsUsedUntilItsTimeIsOver() throws Exception {
    assertThat(body("/list", ANN)).isEqualTo("run 1");
    time.advance(TTL.minusNanos(1));
    assertThat(body("/list", ANN)).isEqualTo("run 1");
    time.advance(Duration.ofNanos(1));

    assertThat(body("/list", ANN)).isEqualTo("run 2");
  }

  @Test
  void aHitTellsItsAgeAndTheSameFields() throws Exception {
    HttpResponse<String> miss = server.get("/list", "X-Caller", ANN);
    time.advance(Duration.ofSeconds(7));
    HttpResponse<String> hit = server.get("/list", "X-Caller", ANN);

    assertThat(hit.headers().firstValue("Age")).contains("7");
    assertThat(hit.headers().firstValue("Cache-Control")).contains("private, no-cache");
    assertThat(hit.headers().firstValue("ETag")).isEqualTo(miss.headers().firstValue("ETag"));
    assertThat(hit.headers().firstValue("ETag")).isPresent();
    assertThat(hit.headers().allValues("Date")).hasSize(1);
    assertThat(hit.headers().firstValue("Content-Type"))
        .isEqualTo(miss.headers().firstValue("Content-Type"));
  }

  @Test
  void noCallerGetsTheAnswerOfAnother() throws Exception {
    assertThat(body("/list", ANN)).isEqualTo("run 1");

    assertThat(body("/list", BOB)).isEqualTo("run 2");
    assertThat(body("/list", "other/ann")).isEqualTo("run 3");
    assertThat(body("/list", ANN + "/admin")).isEqualTo("run 4");
    assertThat(server.get("/list").body()).isEqualTo("run 5");
  }

  @Test
  void credentialsThatNoGuardHasReadAreNeverAnsweredFromTheCache() throws Exception {
    assertThat(server.get("/list", "Authorization", "Bearer a").body()).isEqualTo("run 1");
    assertThat(server.get("/list", "Authorization", "Bearer a").body()).isEqualTo("run 2");
    assertThat(server.get("/list", "Cookie", "session=1").body()).isEqualTo("run 3");
  }

  @Test
  void whoMayNotAskGetsNoStoredAnswer() throws Exception {
    body("/shared", ANN);

    HttpResponse<String> refused = server.get("/shared", "X-Caller", "acme/mallory");

    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void aSharedAnswerIsOneForAll() throws Exception {
    assertThat(body("/shared", ANN)).isEqualTo("run 1");
    assertThat(body("/shared", EVE)).isEqualTo("run 1");
  }

  @Test
  void aSharedAnswerIsForThoseAloneWhoDoNotSayWhoTheyAreUnlessItSaysOtherwise() throws Exception {
    assertThat(server.get("/public").body()).isEqualTo("run 1");
    assertThat(server.get("/public").body()).isEqualTo("run 1");

    HttpResponse<String> ann = server.get("/public", "X-Caller", ANN);
    assertThat(ann.body()).isEqualTo("run 2");
    assertThat(ann.headers().firstValue("Cache-Control")).contains("private, no-cache");
    assertThat(body("/public", ANN)).isEqualTo("run 2");
    assertThat(body("/public", BOB)).isEqualTo("run 3");
    assertThat(server.get("/public", "Authorization", "Bearer a").body()).isEqualTo("run 4");
    assertThat(server.get("/public", "Cookie", "session=1").body()).isEqualTo("run 5");

    HttpResponse<String> anonymous = server.get("/public");
    assertThat(anonymous.body()).isEqualTo("run 1");
    assertThat(anonymous.headers().firstValue("Cache-Control")).contains("public, no-cache");
    // Or a cache on the way would give the anonymous answer to ann.
    assertThat(anonymous.headers().allValues("Vary")).contains("Authorization", "Cookie");
  }

  @Test
  void aWriteOfAnyTenantChangesWhatIsPublicForAll() throws Exception {
    server.get("/public");
    body("/public", EVE);

    server.send("POST", "/items", "X-Caller", ANN);

    assertThat(server.get("/public").body()).isEqualTo("run 3");
    assertThat(body("/public", EVE)).isEqualTo("run 4");
  }

  @Test
  void noClientChoosesByAFieldThatIsNotInTheKeyWhatOthersGet() throws Exception {
    String[] evil = {
      "X-Forwarded-Host", "evil.example",
      "X-Original-URL", "/admin",
      "Forwarded", "host=evil.example",
      "X-HTTP-Method-Override", "DELETE"
    };

    assertThat(body("/forwarded", ANN, evil)).isEqualTo("null[]falsenull");
    assertThat(body("/declared", ANN, evil)).isEqualTo("evil.example[]falsenull");
    assertThat(body("/declared", ANN)).isEqualTo("null[]falsenull");
  }

  @Test
  void noVersionGetsTheAnswerOfAnother() throws Exception {
    String one = "application/vnd.a.v1+json";
    String two = "application/vnd.a.v2+json";

    assertThat(body("/versioned", ANN, "Accept", one)).isEqualTo("v1 1");
    assertThat(body("/versioned", ANN, "Accept", two)).isEqualTo("v2 2");
    assertThat(body("/versioned", ANN, "Accept", one)).isEqualTo("v1 1");
    assertThat(body("/versioned", ANN, "Accept", two)).isEqualTo("v2 2");
  }

  @Test
  void theQueryAndTheDeclaredFieldsTellAnswersApart() throws Exception {
    assertThat(body("/list?a=1&b=2", ANN)).isEqualTo("run 1");
    assertThat(body("/list?b=2&a=1", ANN)).isEqualTo("run 1");
    assertThat(body("/list?a=2&b=2", ANN)).isEqualTo("run 2");
    assertThat(body("/list?a=1&a=2", ANN)).isEqualTo("run 3");
    assertThat(body("/list?a=2&a=1", ANN)).isEqualTo("run 4");
    assertThat(body("/language", ANN, "Accept-Language", "de")).isEqualTo("run 5");
    assertThat(body("/language", ANN, "Accept-Language", "fr")).isEqualTo("run 6");
    assertThat(body("/language", ANN, "Accept-Language", "de")).isEqualTo("run 5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cookie",
        "no-store",
        "vary-star",
        "vary-more",
        "status",
        "error",
        "throws",
        "large",
        "cut-short",
        "trailers"
      })
  void whatMustNotBeKeptIsNotKept(String kind) throws Exception {
    for (int i = 0; i < 2; i++) {
      server.raw(
          "GET /unstorable/"
              + kind
              + " HTTP/1.1\r\nHost: x\r\nX-Caller: "
              + ANN
              + "\r\nConnection: close\r\n\r\n");
    }

    assertThat(runs).hasValue(2);
  }

  @Test
  void aNoStoreOfTheHandlerReachesTheClient() throws Exception {
    HttpResponse<String> response = server.get("/unstorable/no-store", "X-Caller", ANN);
    HttpResponse<String> other = server.get("/unstorable/status", "X-Caller", ANN);

    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(other.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void conditionsAreAnsweredFromTheCacheAndNeverReachTheHandler() throws Exception {
    HttpResponse<String> miss =
        server.get("/conditional", "X-Caller", ANN, "If-None-Match", "\"x\"", "Range", "bytes=0-1");
    String tag = miss.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> hit = server.get("/conditional", "X-Caller", ANN, "If-None-Match", tag);

    assertThat(miss.body()).isEqualTo("whole");
    assertThat(hit.statusCode()).isEqualTo(304);
    assertThat(hit.headers().firstValue("ETag")).contains(tag);
    assertThat(hit.headers().firstValue("Cache-Control")).isPresent();
    assertThat(hit.headers().firstValue("Content-Length")).isEmpty();
    assertThat(server.get("/conditional", "X-Caller", ANN, "If-Match", "\"x\"").statusCode())
        .isEqualTo(412);
    assertThat(runs).hasValue(1);
  }

  @Test
  void directivesOfTheRequestAreHonoured() throws Exception {
    HttpResponse<String> none =
        server.get("/list", "X-Caller", ANN, "Cache-Control", "only-if-cached");
    assertThat(none.statusCode()).isEqualTo(504);
    assertThat(body("/list", ANN, "Cache-Control", "no-store")).isEqualTo("run 1");
    assertThat(body("/list", ANN)).isEqualTo("run 2");
    assertThat(body("/list", ANN, "Cache-Control", "only-if-cached")).isEqualTo("run 2");
    assertThat(body("/list", ANN, "Cache-Control", "no-cache")).isEqualTo("run 3");
    time.advance(Duration.ofSeconds(10));
    assertThat(body("/list", ANN, "Cache-Control", "max-age=10")).isEqualTo("run 3");
    assertThat(body("/list", ANN, "Cache-Control", "min-fresh=50")).isEqualTo("run 3");
    assertThat(body("/list", ANN, "Cache-Control", "max-age=9")).isEqualTo("run 4");
    time.advance(Duration.ofSeconds(10));
    assertThat(body("/list", ANN, "Cache-Control", "min-fresh=51")).isEqualTo("run 5");
    time.advance(TTL);
    assertThat(body("/list", ANN, "Cache-Control", "max-stale=1000")).isEqualTo("run 6");
  }

  @Test
  void headIsAnsweredFromGetAndNeverGetFromHead() throws Exception {
    HttpResponse<String> first = server.send("HEAD", "/head", "X-Caller", ANN);
    assertThat(first.headers().firstValue("ETag")).as("tag of no body").isEmpty();
    assertThat(body("/head", ANN)).isEqualTo("body");

    HttpResponse<String> head = server.send("HEAD", "/head", "X-Caller", ANN);

    assertThat(head.headers().firstValue("Content-Length")).contains("4");
    assertThat(head.body()).isEmpty();
    assertThat(runs).hasValue(2);
  }

  @Test
  void anAsyncAnswerIsKept() throws Exception {
    assertThat(body("/async", ANN)).isEqualTo("run 1");
    assertThat(body("/async", ANN)).isEqualTo("run 1");
  }

  @Test
  void ofManyMissesAtOnceOneRunsTheHandler() throws Exception {
    mayGo.countDown();

    List<String> answers = Race.of(64, number -> body("/slow", ANN));

    assertThat(answers).hasSize(64).containsOnly("old");
    assertThat(runs).hasValue(1);
  }

  @Test
  void alsoOfManyThatWantANewAnswerThoseThatWaitShareOne() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Future<String> leader = pool.submit(() -> body("/slow", ANN, "Cache-Control", "no-cache"));
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
      Future<String> follower = pool.submit(() -> body("/slow", ANN, "Cache-Control", "no-cache"));
      mayGo.countDown();

      assertThat(leader.get(30, TimeUnit.SECONDS)).isEqualTo("old");
      assertThat(follower.get(30, TimeUnit.SECONDS)).isEqualTo("old");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theFailureOfOneDoesNotFailThoseThatWaitForIt() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Future<HttpResponse<String>> leader =
          pool.submit(() -> server.get("/slow?fail=1", "X-Caller", ANN));
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
      Future<String> follower = pool.submit(() -> body("/slow?fail=1", ANN));
      mayGo.countDown();

      assertThat(leader.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(500);
      assertThat(follower.get(30, TimeUnit.SECONDS)).isEqualTo("old");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whatWasComputedBeforeAnInvalidationIsNotKeptAfterIt() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Future<String> before = pool.submit(() -> body("/slow", ANN));
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

      server.send("POST", "/items", "X-Caller", ANN);
      mayGo.countDown();

      assertThat(before.get(30, TimeUnit.SECONDS)).isEqualTo("old");
      assertThat(body("/slow", ANN)).isEqualTo("new");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aWriteInvalidatesForItsTenantAndForWhatIsShared() throws Exception {
    body("/list", ANN);
    body("/list", EVE);
    body("/shared", EVE);

    server.send("POST", "/items", "X-Caller", BOB);

    assertThat(body("/list", EVE)).isEqualTo("run 2");
    assertThat(body("/list", ANN)).isEqualTo("run 4");
    assertThat(body("/shared", EVE)).isEqualTo("run 5");
  }

  @Test
  void aWriteInvalidatesItsOwnPath() throws Exception {
    body("/list", ANN);

    server.send("POST", "/list", "X-Caller", ANN);

    assertThat(body("/list", ANN)).isEqualTo("run 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 500})
  void aRefusedWriteInvalidatesNothingAndAFailedOneDoes(int status) throws Exception {
    body("/list", ANN);

    server.send("POST", "/items?status=" + status, "X-Caller", ANN);

    assertThat(body("/list", ANN)).isEqualTo(status == 409 ? "run 1" : "run 2");
  }

  @ParameterizedTest
  @CsvSource({"409, run 1", "wrapped 409, run 1", "503, run 2", "unknown, run 2"})
  void aRefusalThatIsThrownInvalidatesNothingAndAFailureDoes(String thrown, String then)
      throws Exception {
    body("/list", ANN);

    server.send("POST", "/items?throws=" + thrown.replace(" ", "%20"), "X-Caller", ANN);

    assertThat(body("/list", ANN)).isEqualTo(then);
  }

  @Test
  void whenOneFailsAnotherOfThoseWhoWaitRunsTheHandlerAndNotAll() throws Exception {
    List<HttpResponse<String>> answers =
        Race.of(64, number -> server.get("/failing", "X-Caller", ANN));

    assertThat(answers.stream().filter(a -> a.statusCode() == 500)).hasSize(1);
    assertThat(answers.stream().filter(a -> a.statusCode() == 503)).hasSize(1);
    assertThat(answers.stream().filter(a -> a.body().equals("run 3"))).hasSize(62);
    assertThat(runs).hasValue(3);
    assertThat(most).hasValue(1);
  }

  @Test
  void whoHasWaitedLongEnoughRunsTheHandler() throws Exception {
    server.stop();
    server = server(InvalidationBus.none(), Duration.ofMillis(20));
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Future<String> leader = pool.submit(() -> body("/slow", ANN));
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

      // The leader is not done before this is.
      assertThat(body("/slow", ANN)).isEqualTo("old");
      assertThat(runs).hasValue(2);

      mayGo.countDown();
      assertThat(leader.get(30, TimeUnit.SECONDS)).isEqualTo("old");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void nobodyWaitsForOneThatIsLost() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Future<String> leader = pool.submit(() -> body("/slow", ANN));
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
      time.advance(Duration.ofMinutes(10).plusNanos(1));

      assertThat(body("/slow", ANN)).isEqualTo("old");
      assertThat(runs).hasValue(2);

      mayGo.countDown();
      assertThat(leader.get(30, TimeUnit.SECONDS)).isEqualTo("old");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anInvalidationReachesTheOtherNode() throws Exception {
    InvalidationBus bus = InvalidationBus.inProcess();
    JettyServer writer = server(bus);
    server.stop();
    server = server(bus);
    try {
      body("/list", ANN);

      writer.send("POST", "/items", "X-Caller", ANN);

      assertThat(body("/list", ANN)).isEqualTo("run 2");
    } finally {
      writer.stop();
    }
  }

  @Test
  void faultsAreAllFoundAtTheStart() {
    Endpoints endpoints =
        Endpoints.of(
            put("/a").with(ResponseCache.lasting(TTL)),
            get("/b").with(ResponseCache.lasting(Duration.ZERO).varyingBy("Authorization")),
            get("/c").with(ResponseCache.lasting(TTL).alsoKeeping(500)),
            post("/d").with(ResponseCache.invalidates("misspelt")),
            get("/e").with(ResponseCache.invalidates("GET /b")));

    assertThatThrownBy(
            () ->
                ApiFilterChain.of(endpoints)
                    .with(ResponseCacheFilter.of(endpoints).build())
                    .withoutAccessControl()
                    .build())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("6 faults");
  }
}
