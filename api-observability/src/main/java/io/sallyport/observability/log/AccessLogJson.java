package io.sallyport.observability.log;

import io.sallyport.core.exchange.Verdict;
import java.util.Optional;

/**
 * An {@link AccessLogEntry} as one line of JSON, RFC 8259, in the form of {@code
 * access-log.schema.json}. Safe for concurrent use.
 *
 * <p>The line is visible ASCII and spaces whatever the entry holds: no value can begin a line of
 * its own, move the cursor of a terminal, or turn the direction of the text around it.
 */
public final class AccessLogJson {
  private AccessLogJson() {}

  /** The line for {@code entry}, without a line end. */
  public static String encode(AccessLogEntry entry) {
    JsonLine line = new JsonLine();
    line.beginObject();
    line.name("time").time(entry.time());
    line.name("id").text(entry.id());
    line.name("method").text(entry.method());
    line.name("route").text(entry.route());
    write(line, "endpoint", entry.endpoint());
    line.name("status").number(entry.status());
    line.name("durationNanos").number(entry.durationNanos());
    write(line, "caller", entry.caller());
    write(line, "issuer", entry.issuer());
    line.name("clientAddress").text(entry.clientAddress());
    write(line, "problem", entry.problem());
    line.name("verdicts").beginArray();
    for (int i = 0; i < entry.verdicts().size(); i++) {
      write(line, entry.verdicts().get(i));
    }
    line.endArray();
    line.name("droppedVerdicts").number(entry.droppedVerdicts());
    line.endObject();
    return line.toString();
  }

  private static void write(JsonLine line, String name, Optional<String> value) {
    if (value.isPresent()) {
      line.name(name).text(value.get());
    }
  }

  private static void write(JsonLine line, Verdict verdict) {
    line.beginObject();
    line.name("stage").text(verdict.stage().name());
    line.name("guard").text(verdict.guard());
    line.name("outcome").text(verdict.outcome().name());
    line.name("reason").text(verdict.reason());
    line.name("nanos").number(verdict.nanos());
    line.endObject();
  }
}
