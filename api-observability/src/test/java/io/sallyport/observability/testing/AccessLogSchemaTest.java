package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.observability.log.AccessLogEntry;
import io.sallyport.observability.log.AccessLogFilter;
import io.sallyport.observability.log.AccessLogJson;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccessLogSchemaTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final AccessLogEntry FULL =
      new AccessLogEntry(
          Instant.parse("2026-01-02T12:00:00.123456789Z"),
          ID,
          "GET",
          "/v1/items/{id}",
          Optional.of("getItem"),
          429,
          1_234L,
          Optional.of("ann"),
          Optional.of("https://idp.example"),
          "192.0.2.1",
          Optional.of("rate-limited"),
          List.of(new Verdict(Stage.LIMIT, "rate-limit", Outcome.REFUSED, "rate-limited", 56)),
          0);

  @Test
  void aLineHasThisForm() {
    assertThat(AccessLogJson.encode(FULL))
        .isEqualTo(
            "{\"time\":\"2026-01-02T12:00:00.123456789Z\","
                + "\"id\":\"0123456789abcdef0123456789abcdef\","
                + "\"method\":\"GET\",\"route\":\"/v1/items/{id}\",\"endpoint\":\"getItem\","
                + "\"status\":429,\"durationNanos\":1234,"
                + "\"caller\":\"ann\",\"issuer\":\"https://idp.example\","
                + "\"clientAddress\":\"192.0.2.1\",\"problem\":\"rate-limited\","
                + "\"verdicts\":[{\"stage\":\"LIMIT\",\"guard\":\"rate-limit\","
                + "\"outcome\":\"REFUSED\",\"reason\":\"rate-limited\",\"nanos\":56}],"
                + "\"droppedVerdicts\":0}");
  }

  @Test
  void aFullLineHasEveryPropertyOfTheSchemaAndNoOther() throws IOException {
    String line = AccessLogJson.encode(FULL);

    assertThat(AccessLogSchema.faults(line)).isEmpty();
    assertThat(new HashSet<>(AccessLogSchema.parse(line).propertyNames()))
        .isEqualTo(new HashSet<>(AccessLogSchema.schema().get("properties").propertyNames()));
  }

  @Test
  void theSchemaKnowsEveryStageAndOutcome() throws IOException {
    JsonNode verdict =
        AccessLogSchema.schema().get("properties").get("verdicts").get("items").get("properties");

    assertThat(names(verdict.get("stage"))).isEqualTo(namesOf(Stage.values()));
    assertThat(names(verdict.get("outcome"))).isEqualTo(namesOf(Outcome.values()));
  }

  @Test
  void theCheckOfThisTestFindsFaults() throws IOException {
    String line = AccessLogJson.encode(FULL);

    assertThat(AccessLogSchema.faults(line.replace("\"status\":429", "\"status\":\"429\"")))
        .containsExactly("/status is not of type integer");
    assertThat(AccessLogSchema.faults(line.replace("\"route\"", "\"path\"")))
        .containsExactly("/route is missing", "/path is not in the schema");
    assertThat(AccessLogSchema.faults(line.replace("LIMIT\"", "LATER\"")))
        .containsExactly("/verdicts/0/stage is not one of the enum");
  }

  @Test
  void everyLineOfEveryKindOfRequestIsValid() throws Exception {
    BlockingQueue<AccessLogEntry> entries = ObservedServer.entries();
    AccessLogFilter filter = new AccessLogFilter(entries::add, InstantSource.system());
    try (ObservedServer server =
        new ObservedServer(entries, SampleApi.chain(filter), new HttpServlet() {})) {
      for (String path :
          List.of(
              "/v1/items/7",
              "/nowhere",
              "/v1//items",
              "/v1/broken",
              "/v1/async",
              "/v1/send-error",
              "/v1/async-timeout")) {
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "MADE-UP")) {
          server.send(method, path, Map.of("Authorization", "Bearer x"));

          String line = AccessLogJson.encode(server.entry());
          assertThat(AccessLogSchema.faults(line)).as(line).isEmpty();
        }
      }
    }
  }

  private static Set<String> names(JsonNode property) {
    Set<String> names = new HashSet<>();
    property.get("enum").forEach(each -> names.add(each.asString()));
    return names;
  }

  private static Set<String> namesOf(Enum<?>[] values) {
    Set<String> names = new HashSet<>();
    Arrays.stream(values).forEach(each -> names.add(each.name()));
    return names;
  }
}
