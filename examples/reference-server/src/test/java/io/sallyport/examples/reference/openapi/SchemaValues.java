package io.sallyport.examples.reference.openapi;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes values that a schema allows: at its bounds as often as between them. */
final class SchemaValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST = 300;
  private static final int MOST_ITEMS = 5;

  // One UTF-16 unit each: JSON Schema counts characters, and the constraints count units.
  private static final String LETTERS =
      "abcXYZ 0189-_.,'\"<>&%$\\/{}\u00e9\u00df\u0416\u4e2d\u202e\u0301";

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z.\\\\]*");

  private final Random random;
  private final DocumentedOperation operation;

  SchemaValues(Random random, DocumentedOperation operation) {
    this.random = random;
    this.operation = operation;
  }

  JsonNode valid(JsonNode declared) {
    JsonNode schema = operation.resolve(declared);
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice)) {
        return valid(schema.path(choice).get(random.nextInt(schema.path(choice).size())));
      }
    }
    JsonNode type = schema.path("type");
    String name =
        type.isArray() ? type.get(random.nextInt(type.size())).asString() : type.asString("");
    return switch (name) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "string" -> JSON.stringNode(text(schema));
      case "integer" -> JSON.numberNode(integer(schema));
      case "number" -> JSON.numberNode(random.nextDouble());
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      default -> JSON.stringNode("anything");
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (required.contains(property.getKey()) || random.nextBoolean()) {
        object.set(property.getKey(), valid(property.getValue()));
      }
    }
    return object;
  }

  private ArrayNode array(JsonNode schema) {
    int least = schema.path("minItems").asInt(0);
    int most = Math.max(least, Math.min(schema.path("maxItems").asInt(MOST_ITEMS), MOST_ITEMS));
    ArrayNode array = JSON.arrayNode();
    int size = least + random.nextInt(most - least + 1);
    for (int i = 0; i < size; i++) {
      array.add(valid(schema.path("items")));
    }
    return array;
  }

  private BigInteger integer(JsonNode schema) {
    BigInteger least = schema.path("minimum").bigIntegerValue(BigInteger.valueOf(-1000));
    BigInteger most = schema.path("maximum").bigIntegerValue(BigInteger.valueOf(1000));
    return switch (random.nextInt(3)) {
      case 0 -> least;
      case 1 -> most;
      default ->
          least.add(new BigInteger(70, random).mod(most.subtract(least).add(BigInteger.ONE)));
    };
  }

  String text(JsonNode schema) {
    int least = schema.path("minLength").asInt(0);
    int most = Math.min(schema.path("maxLength").asInt(LONGEST), LONGEST);
    String pattern = schema.path("pattern").asString("");
    switch (schema.path("format").asString("")) {
      case "uuid" -> {
        return new UUID(random.nextLong(), random.nextLong()).toString();
      }
      case "date" -> {
        return LocalDate.of(2000, 1, 1).plusDays(random.nextInt(40_000)).toString();
      }
      case "date-time" -> {
        return LocalDate.of(2000, 1, 1).plusDays(random.nextInt(40_000)) + "T00:00:00Z";
      }
      case "email" -> {
        return "u" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + "@fuzz.example";
      }
      default -> {}
    }
    if (pattern.matches("\\^\\(\\?:[A-Za-z0-9|]+\\)\\$")) {
      String[] choices = pattern.substring(4, pattern.length() - 2).split("\\|", -1);
      return choices[random.nextInt(choices.length)];
    }
    int length =
        switch (random.nextInt(4)) {
          case 0 -> Math.max(least, 1);
          case 1 -> most;
          default -> Math.max(1, least + random.nextInt(most - least + 1));
        };
    StringBuilder text = new StringBuilder("x");
    while (text.length() < length) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return matching(pattern, text.toString());
  }

  /** {@code text}, or if it does not match, something out of the words of the pattern that does. */
  private String matching(String pattern, String text) {
    Pattern rule = Pattern.compile(pattern);
    if (rule.matcher(text).find()) {
      return text;
    }
    List<String> candidates = new ArrayList<>();
    candidates.add('"' + Long.toString(random.nextLong(), 36) + '"');
    Matcher words = WORD.matcher(pattern);
    while (words.find()) {
      String word = words.group().replace("\\", "");
      candidates.addAll(List.of(word, "/" + word, word + "," + word));
    }
    Collections.shuffle(candidates, random);
    return candidates.stream()
        .filter(candidate -> rule.matcher(candidate).find())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("cannot make a text for " + pattern));
  }
}
