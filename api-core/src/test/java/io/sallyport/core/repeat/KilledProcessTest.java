package io.sallyport.core.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.repeat.FaultyService.Point;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.testing.PostgresServer;
import io.sallyport.core.testing.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed at each transition of a record, under 64 duplicates of each request at once;
 * what was not acknowledged is sent again, to the next process, until it is.
 *
 * <p>{@code -Dsallyport.faults.trials} says how many operations are tried, 200 by default; {@code
 * -Dsallyport.faults.perKill} how many of them each process is given. The seed is printed.
 */
class KilledProcessTest {
  private static final int TRIALS = Integer.getInteger("sallyport.faults.trials", 200);
  private static final int PER_KILL = Integer.getInteger("sallyport.faults.perKill", 25);
  private static final long SEED = Long.getLong("sallyport.faults.seed", 42);
  private static final int DUPLICATES = 64;

  // As many operations at once; the kill finds them in every state.
  private static final int AT_ONCE = 4;

  // No process may see a lease of the one before it as running.
  private static final int STEP_SECONDS = 60;

  private final PostgresServer.Database database = PostgresServer.shared().newDatabase();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(SEED);
  private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> uncertain = ConcurrentHashMap.newKeySet();
  private final Map<Point, Integer> kills = new EnumMap<>(Point.class);
  private int processes;
  private int requests;

  @Test
  void aTransactionTakesEffectOnceAndNoAcknowledgementIsLost() throws Exception {
    List<Point> points = new ArrayList<>(List.of(Point.values()));
    points.remove(Point.NONE);

    run(TRIALS, points, "-");

    Map<String, List<String>> effects = effects();
    report("postgresql, in the transaction", effects);
    assertThat(duplicates(effects)).isZero();
    assertThat(lost(effects)).isZero();
    assertThat(uncertain).isEmpty();
    assertThat(acknowledged).hasSize(TRIALS);
    assertThat(effects).hasSize(TRIALS);
    assertThat(kills.keySet()).containsAll(points);
  }

  @Test
  void withoutATransactionNothingRunsAgainAndEveryDoubtIsReported() throws Exception {
    List<Point> points =
        List.of(
            Point.BEFORE_CLAIM,
            Point.CLAIMED,
            Point.HANDLER_ENTERED,
            Point.EFFECT_MADE,
            Point.RECORD_WRITTEN);

    run(TRIALS / 4, points, RedisServer.shared().url());

    Map<String, List<String>> effects = effects();
    report("redis", effects);
    assertThat(duplicates(effects)).isZero();
    assertThat(lost(effects)).isZero();
    // Each operation is acknowledged or in doubt, and those that were in doubt stayed so.
    assertThat(acknowledged.size() + uncertain.size()).isEqualTo(TRIALS / 4);
    assertThat(uncertain).isNotEmpty().doesNotContainAnyElementsOf(acknowledged.keySet());
    assertThat(kills.keySet()).containsAll(points);
  }

  private void run(int trials, List<Point> points, String redisUrl) throws Exception {
    database.execute(JdbcExpiringStore.DDL);
    database.execute(
        "CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, operation text NOT NULL)");
    Set<String> open = new LinkedHashSet<>();
    // Few enough that each point has its turn.
    int perKill = Math.max(1, Math.min(PER_KILL, trials / points.size()));
    int begun = 0;
    for (int cycle = 0; begun < trials; cycle++) {
      Point point = points.get(cycle % points.size());
      // At least one operation is open where one is to be taken over.
      int skip = point == Point.TAKEN_OVER ? 0 : random.nextInt(perKill);
      int next = Math.min(perKill, trials - begun);
      for (int i = 0; i < next; i++) {
        open.add("operation-" + SEED + "-" + begun++);
      }
      try (FaultyProcess process = start(point, skip, redisUrl)) {
        sendAll(process, open);
        if (process.reached()) {
          kills.merge(point, 1, Integer::sum);
        }
      }
    }
    try (FaultyProcess process = start(Point.NONE, 0, redisUrl)) {
      for (int round = 0; round < 10 && !open.isEmpty(); round++) {
        sendAll(process, open);
      }
    }
    assertThat(open).isEmpty();
  }

  private FaultyProcess start(Point point, int skip, String redisUrl) throws Exception {
    return FaultyProcess.start(point, skip, database.url(), redisUrl, STEP_SECONDS * processes++);
  }

  /** Sends every open operation 64 times at once; what is settled is open no more. */
  private void sendAll(FaultyProcess process, Set<String> open) throws Exception {
    int port = process.port();
    List<String> operations = new ArrayList<>(open);
    for (int from = 0; from < operations.size() && process.isAlive(); from += AT_ONCE) {
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (String operation :
          operations.subList(from, Math.min(from + AT_ONCE, operations.size()))) {
        for (int i = 0; i < DUPLICATES; i++) {
          requests++;
          sent.add(send(port, operation));
        }
      }
      CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).join();
    }
    open.removeAll(acknowledged.keySet());
    open.removeAll(uncertain);
  }

  private CompletableFuture<Void> send(int port, String operation) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/effects?" + operation))
            .header("Idempotency-Key", '"' + operation + '"')
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, failure) -> {
              // A failure to connect or to read is what a client sees of a kill.
              if (failure == null && response.statusCode() == 201) {
                acknowledged
                    .computeIfAbsent(operation, first -> ConcurrentHashMap.newKeySet())
                    .add(response.body());
              } else if (failure == null
                  && response.body().contains("idempotency-outcome-unknown")) {
                uncertain.add(operation);
              }
              return null;
            });
  }

  private Map<String, List<String>> effects() throws SQLException {
    Map<String, List<String>> effects = new HashMap<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT operation, id FROM effect")) {
      while (rows.next()) {
        effects
            .computeIfAbsent(rows.getString(1), first -> new ArrayList<>())
            .add("effect " + rows.getLong(2));
      }
    }
    return effects;
  }

  private static long duplicates(Map<String, List<String>> effects) {
    return effects.values().stream().mapToLong(each -> each.size() - 1L).sum();
  }

  /** Acknowledgements that are not of the one effect of their operation. */
  private long lost(Map<String, List<String>> effects) {
    return acknowledged.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().size() != 1
                    || !effects
                        .getOrDefault(entry.getKey(), List.of())
                        .containsAll(entry.getValue()))
        .count();
  }

  private void report(String mode, Map<String, List<String>> effects) {
    long doubtsWithEffect = uncertain.stream().filter(effects::containsKey).count();
    String line =
        String.format(
            "killed processes, %s: trials=%d kills=%d requests=%d acknowledged=%d"
                + " duplicateEffects=%d lostAcknowledgements=%d uncertain=%d (with effect %d)"
                + " seed=%d %s",
            mode,
            acknowledged.size() + uncertain.size(),
            kills.values().stream().mapToInt(Integer::intValue).sum(),
            requests,
            acknowledged.size(),
            duplicates(effects),
            lost(effects),
            uncertain.size(),
            doubtsWithEffect,
            SEED,
            kills);
    System.out.println(line);
  }
}
