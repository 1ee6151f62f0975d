package io.sallyport.observability.testing;

import io.sallyport.observability.log.AccessLogFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks JSON against the published schema, as far as that schema goes. */
final class AccessLogSchema {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FILE = "/io/sallyport/observability/access-log.schema.json";

  private AccessLogSchema() {}

  static JsonNode schema() throws IOException {
    try (InputStream file = AccessLogFilter.class.getResourceAsStream(FILE)) {
      return JSON.readTree(file);
    }
  }

  static JsonNode parse(String line) {
    return JSON.readTree(line);
  }

  /** What is wrong with {@code line}; empty when nothing is. */
  static List<String> faults(String line) throws IOException {
    List<String> faults = new ArrayList<>();
    check("", schema(), parse(line), faults);
    return faults;
  }

  private static void check(String at, JsonNode schema, JsonNode value, List<String> faults) {
    String type = schema.get("type").asString();
    boolean right =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isString();
          case "integer" -> value.isIntegralNumber();
          default -> throw new IllegalStateException("the schema has a type unknown here: " + type);
        };
    if (!right) {
      faults.add(at + " is not of type " + type);
      return;
    }
    switch (type) {
      case "object" -> object(at, schema, value, faults);
      case "array" -> array(at, schema, value, faults);
      case "string" -> string(at, schema, value.asString(), faults);
      default -> integer(at, schema, value.asLong(), faults);
    }
  }

  private static void object(String at, JsonNode schema, JsonNode value, List<String> faults) {
    JsonNode properties = schema.get("properties");
    for (JsonNode name : schema.get("required")) {
      if (!value.has(name.asString())) {
        faults.add(at + "/" + name.asString() + " is missing");
      }
    }
    for (String name : value.propertyNames()) {
      if (properties.has(name)) {
        check(at + "/" + name, properties.get(name), value.get(name), faults);
      } else {
        faults.add(at + "/" + name + " is not in the schema");
      }
    }
  }

  private static void array(String at, JsonNode schema, JsonNode value, List<String> faults) {
    if (value.size() > schema.get("maxItems").asInt()) {
      faults.add(at + " has too many items");
    }
    for (int i = 0; i < value.size(); i++) {
      check(at + "/" + i, schema.get("items"), value.get(i), faults);
    }
  }

  private static void string(String at, JsonNode schema, String value, List<String> faults) {
    if (schema.has("maxLength") && value.length() > schema.get("maxLength").asInt()) {
      faults.add(at + " is too long");
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").asString()).matcher(value).find()) {
      faults.add(at + " breaks its pattern");
    }
    if (schema.has("enum")) {
      boolean known = false;
      for (JsonNode each : schema.get("enum")) {
        known |= each.asString().equals(value);
      }
      if (!known) {
        faults.add(at + " is not one of the enum");
      }
    }
  }

  private static void integer(String at, JsonNode schema, long value, List<String> faults) {
    if (value < schema.get("minimum").asLong()
        || (schema.has("maximum") && value > schema.get("maximum").asLong())) {
      faults.add(at + " is out of range");
    }
  }
}
