package io.sallyport.core.openapi;

import io.sallyport.core.describe.EcmaPattern;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes constraint annotations as the keywords of JSON Schema; the rest as a sentence. */
final class ConstraintKeywords {
  // What String.isBlank, and so NotBlank, takes for blank, which is not what \s is.
  private static final String NOT_BLANK =
      "[^\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]";

  private final ObjectNode schema;
  private final List<String> patterns = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ConstraintKeywords(ObjectNode schema) {
    this.schema = schema;
  }

  static void write(Rules rules, ObjectNode schema) {
    ConstraintKeywords keywords = new ConstraintKeywords(schema);
    rules.constraints().forEach(keywords::write);
    keywords.finish();
  }

  private void write(ConstraintDescriptor<?> constraint) {
    Map<String, Object> values = constraint.getAttributes();
    switch (Rules.name(constraint)) {
      case "NotNull", "Valid" -> {}
      case "NotEmpty" -> size(1, Integer.MAX_VALUE);
      case "NotBlank" -> {
        size(1, Integer.MAX_VALUE);
        patterns.add(NOT_BLANK);
      }
      case "Size", "Length" -> size(integer(values, "min"), integer(values, "max"));
      case "Min" -> least(decimal(values, "value"), true);
      case "Max" -> most(decimal(values, "value"), true);
      case "DecimalMin" ->
          least(decimal(values, "value"), Boolean.TRUE.equals(values.get("inclusive")));
      case "DecimalMax" ->
          most(decimal(values, "value"), Boolean.TRUE.equals(values.get("inclusive")));
      case "Positive" -> least(BigDecimal.ZERO, false);
      case "PositiveOrZero" -> least(BigDecimal.ZERO, true);
      case "Negative" -> most(BigDecimal.ZERO, false);
      case "NegativeOrZero" -> most(BigDecimal.ZERO, true);
      case "AssertTrue" -> schema.put("const", true);
      case "AssertFalse" -> schema.put("const", false);
      case "Email" -> schema.put("format", "email");
      case "URL" -> schema.put("format", "uri");
      case "UUID" -> schema.put("format", "uuid");
      case "UniqueElements" -> schema.put("uniqueItems", true);
      case "Pattern" -> pattern(values);
      case "Digits" -> {
        BigDecimal bound = BigDecimal.TEN.pow(integer(values, "integer"));
        least(bound.negate(), false);
        most(bound, false);
        notes.add("At most " + values.get("fraction") + " decimals.");
      }
      default -> notes.add("Must satisfy `" + kebab(Rules.name(constraint)) + "`.");
    }
  }

  private void size(int min, int max) {
    String of =
        switch (type()) {
          case "array" -> "Items";
          case "object" -> "Properties";
          default -> "Length";
        };
    if (min > schema.path("min" + of).asInt(0)) {
      schema.put("min" + of, min);
    }
    if (max < schema.path("max" + of).asInt(Integer.MAX_VALUE)) {
      schema.put("max" + of, max);
    }
  }

  private void least(BigDecimal value, boolean inclusive) {
    if (isNumber()) {
      bound("minimum", "exclusiveMinimum", value, inclusive, 1);
    } else {
      notes.add("As a number " + (inclusive ? "at least " : "more than ") + value + ".");
    }
  }

  private void most(BigDecimal value, boolean inclusive) {
    if (isNumber()) {
      bound("maximum", "exclusiveMaximum", value, inclusive, -1);
    } else {
      notes.add("As a number " + (inclusive ? "at most " : "less than ") + value + ".");
    }
  }

  private void bound(
      String closed, String open, BigDecimal value, boolean inclusive, int stricter) {
    BigDecimal bound = value;
    boolean included = inclusive;
    if (!inclusive && type().equals("integer") && value.stripTrailingZeros().scale() <= 0) {
      bound = value.add(BigDecimal.valueOf(stricter));
      included = true;
    }
    String keyword = included ? closed : open;
    JsonNode known = schema.get(keyword);
    if (known == null || known.decimalValue().compareTo(bound) * stricter < 0) {
      boolean whole = bound.stripTrailingZeros().scale() <= 0;
      if (whole) {
        schema.put(keyword, bound.toBigInteger());
      } else {
        schema.put(keyword, bound);
      }
    }
  }

  private void pattern(Map<String, Object> values) {
    String java = String.valueOf(values.get("regexp"));
    boolean flagged = values.get("flags") instanceof Object[] flags && flags.length > 0;
    String ecma = flagged ? null : EcmaPattern.whole(java).orElse(null);
    if (ecma == null) {
      notes.add("Must match Java's pattern `" + java + "`.");
    } else {
      patterns.add(ecma);
    }
  }

  private void finish() {
    if (patterns.size() == 1) {
      schema.put("pattern", patterns.get(0));
    } else if (!patterns.isEmpty()) {
      ArrayNode all = schema.putArray("allOf");
      patterns.forEach(pattern -> all.addObject().put("pattern", pattern));
    }
    if (!notes.isEmpty()) {
      schema.put("description", String.join(" ", notes));
    }
  }

  private static BigDecimal decimal(Map<String, Object> values, String name) {
    return new BigDecimal(String.valueOf(values.get(name)));
  }

  private static int integer(Map<String, Object> values, String name) {
    return decimal(values, name).intValueExact();
  }

  private String type() {
    return schema.path("type").asString("");
  }

  private boolean isNumber() {
    return type().equals("integer") || type().equals("number");
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
