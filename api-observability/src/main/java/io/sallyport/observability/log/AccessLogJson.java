package io.sallyport.observability.log;

import io.sallyport.core.exchange.Verdict;
import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * An {@link AccessLogEntry} as one line of JSON, RFC 8259, in the form of {@code
 * access-log.schema.json}. Safe for concurrent use.
 *
 * <p>The line is visible ASCII and spaces whatever the entry holds: no value can begin a line of
 * its own, move the cursor of a terminal, or turn the direction of the text around it.
 */
public final class AccessLogJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .characterEscapes(new EscapeDelete())
          .build();

  private AccessLogJson() {}

  /** The line for {@code entry}, without a line end. */
  public static String encode(AccessLogEntry entry) {
    StringWriter line = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("time", entry.time().toString());
      json.writeStringProperty("id", entry.id());
      json.writeStringProperty("method", entry.method());
      json.writeStringProperty("route", entry.route());
      write(json, "endpoint", entry.endpoint());
      json.writeNumberProperty("status", entry.status());
      json.writeNumberProperty("durationNanos", entry.durationNanos());
      write(json, "caller", entry.caller());
      write(json, "issuer", entry.issuer());
      json.writeStringProperty("clientAddress", entry.clientAddress());
      write(json, "problem", entry.problem());
      json.writeArrayPropertyStart("verdicts");
      entry.verdicts().forEach(verdict -> write(json, verdict));
      json.writeEndArray();
      json.writeNumberProperty("droppedVerdicts", entry.droppedVerdicts());
      json.writeEndObject();
    }
    return line.toString();
  }

  private static void write(JsonGenerator json, String name, Optional<String> value) {
    value.ifPresent(text -> json.writeStringProperty(name, text));
  }

  private static void write(JsonGenerator json, Verdict verdict) {
    json.writeStartObject();
    json.writeStringProperty("stage", verdict.stage().name());
    json.writeStringProperty("guard", verdict.guard());
    json.writeStringProperty("outcome", verdict.outcome().name());
    json.writeStringProperty("reason", verdict.reason());
    json.writeNumberProperty("nanos", verdict.nanos());
    json.writeEndObject();
  }

  /** JSON lets the control character DEL stand as it is; a terminal does not. */
  private static final class EscapeDelete extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private final int[] escapes;

    EscapeDelete() {
      escapes = standardAsciiEscapesForJSON();
      escapes[0x7f] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      // Not a copy: Jackson asks for it with each line, and only reads it.
      return escapes;
    }

    @Override
    public @org.jspecify.annotations.Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
