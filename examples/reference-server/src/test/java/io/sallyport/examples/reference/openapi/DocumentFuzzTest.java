package io.sallyport.examples.reference.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.examples.reference.BillingServer;
import io.sallyport.examples.reference.openapi.FuzzCase.Expected;
import io.sallyport.examples.reference.openapi.RawClient.Response;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends every input that the document declares, sound and broken in every way, and holds each
 * answer to the document.
 *
 * <p>{@code -Dsallyport.fuzz.count=N} sends N requests by chance to each operation besides the
 * catalogue, and {@code -Dsallyport.fuzz.seed=S} other ones.
 */
class DocumentFuzzTest {
  private static final int COUNT = Integer.getInteger("sallyport.fuzz.count", 40);
  private static final long SEED = Long.getLong("sallyport.fuzz.seed", 20_260_101L);

  // Generous: a shared machine stalls. What was measured is printed.
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final int WARM_UP = 200;

  // Stack traces, class names, SQL states and what a database says.
  private static final Pattern INTERNAL =
      Pattern.compile(
          "Exception|\\.java\\b|\\bat"
              + " [a-z]+\\.|io\\.sallyport|org\\.|tools\\.jackson|java\\.|SQLSTATE|ERROR:|constraint"
              + " \\\\\"");

  private static final String CURSOR = "invalid-cursor";

  private final List<String> failures = new ArrayList<>();
  private final List<Long> nanos = new ArrayList<>();
  private int sent;
  private long mostBytes;

  @Test
  void everyInputGetsAnAnswerThatTheDocumentDeclares() throws Exception {
    BillingServer server = BillingServer.shared();
    JsonNode document = new JsonMapper().readTree(server.get("/openapi.json").body());
    String token = server.accountant();
    String host = server.address().getAuthority();
    List<FuzzCase> cases = new ArrayList<>();
    for (DocumentedOperation operation : DocumentedOperation.all(document)) {
      FuzzCases source = new FuzzCases(operation, new Random(SEED));
      cases.addAll(source.catalogue());
      for (int i = 0; i < COUNT; i++) {
        cases.add(source.next());
      }
    }
    try (RawClient client = new RawClient(server)) {
      for (FuzzCase each : cases) {
        send(client, each, each.bytes(host, token));
      }
    }
    report();
    assertThat(failures).as("seed %s", SEED).isEmpty();
  }

  private void send(RawClient client, FuzzCase each, byte[] request) throws Exception {
    long before = allocated();
    Response response = client.send(request);
    long bytes = allocated() - before;
    sent++;
    if (sent > WARM_UP) {
      nanos.add(response.nanos());
      mostBytes = Math.max(mostBytes, bytes);
      check(each, response, response.nanos() < MOST_NANOS, "took " + response.nanos() + " ns");
      check(each, response, bytes < MOST_BYTES, "allocated " + bytes + " bytes");
    }
    check(each, response, response.status() < 500, "is a failure of the server");
    check(
        each,
        response,
        each.operation().statuses().contains(Integer.toString(response.status())),
        "is not declared");
    if (response.status() >= 400) {
      checkProblem(each, response);
    }
    if (each.expected() == Expected.REFUSED) {
      check(each, response, response.status() >= 400, "should be refused");
    } else if (each.expected() == Expected.VALID) {
      check(each, response, isAccepted(response), "should not be refused");
    }
  }

  private void checkProblem(FuzzCase each, Response response) {
    check(
        each,
        response,
        "application/problem+json".equals(response.headers().get("Content-Type")),
        "is no problem document");
    check(each, response, !INTERNAL.matcher(response.body()).find(), "tells of the inside");
    JsonNode problem = new JsonMapper().readTree(response.body());
    String code = problem.path("code").asString("");
    check(
        each,
        response,
        each.operation().codes(response.status()).contains(code),
        "has a code that is not declared");
    check(each, response, problem.path("errorId").isString(), "has no error id");
    boolean explained = problem.path("violations").size() > 0 || problem.has("detail");
    check(
        each,
        response,
        explained || !List.of("validation-failed", "invalid-parameters").contains(code),
        "names no violation");
  }

  /**
   * What no schema can say may still refuse: a reference to nothing, a conflict, a limit, a cursor
   * of no page.
   */
  private static boolean isAccepted(Response response) {
    if (response.status() == 422) {
      for (JsonNode violation : new JsonMapper().readTree(response.body()).path("violations")) {
        if (!violation.path("code").asString().equals("exists")) {
          return false;
        }
      }
      return true;
    }
    if (response.status() == 400) {
      return new JsonMapper().readTree(response.body()).path("code").asString().equals(CURSOR);
    }
    return List.of(200, 201, 204, 404, 409, 412, 429).contains(response.status());
  }

  private void check(FuzzCase each, Response response, boolean holds, String what) {
    if (!holds && failures.size() < 50) {
      String body = response.body();
      String shown = body.substring(0, Math.min(300, body.length()));
      failures.add(each + ": " + response.status() + " " + what + ": " + shown);
    }
  }

  /** Of all threads, so of server and client; what virtual threads allocate is not in it. */
  private static long allocated() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  private void report() {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "fuzz: %d requests, seed %d; p50 %.1f ms, p99 %.1f ms, max %.1f ms, %d over 100 ms;"
            + " at most %.1f MB allocated by one%n",
        sent,
        SEED,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6,
        Arrays.stream(sorted).filter(n -> n > 100_000_000L).count(),
        mostBytes / 1e6);
  }
}
