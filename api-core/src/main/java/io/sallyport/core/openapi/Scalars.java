package io.sallyport.core.openapi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Java types that are one JSON value, with the bounds that the type itself has. */
final class Scalars {
  private static final Map<Class<?>, Consumer<ObjectNode>> KNOWN =
      Map.ofEntries(
          Map.entry(byte.class, integer("int32", Byte.MIN_VALUE, Byte.MAX_VALUE)),
          Map.entry(Byte.class, integer("int32", Byte.MIN_VALUE, Byte.MAX_VALUE)),
          Map.entry(short.class, integer("int32", Short.MIN_VALUE, Short.MAX_VALUE)),
          Map.entry(Short.class, integer("int32", Short.MIN_VALUE, Short.MAX_VALUE)),
          Map.entry(int.class, integer("int32", Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(Integer.class, integer("int32", Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(long.class, integer("int64", Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(Long.class, integer("int64", Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(BigInteger.class, node -> node.put("type", "integer")),
          Map.entry(float.class, number("float")),
          Map.entry(Float.class, number("float")),
          Map.entry(double.class, number("double")),
          Map.entry(Double.class, number("double")),
          Map.entry(BigDecimal.class, node -> node.put("type", "number")),
          Map.entry(Number.class, node -> node.put("type", "number")),
          Map.entry(boolean.class, node -> node.put("type", "boolean")),
          Map.entry(Boolean.class, node -> node.put("type", "boolean")),
          Map.entry(String.class, node -> node.put("type", "string")),
          Map.entry(CharSequence.class, node -> node.put("type", "string")),
          Map.entry(char.class, text(1, 1)),
          Map.entry(Character.class, text(1, 1)),
          Map.entry(byte[].class, Scalars::base64),
          Map.entry(UUID.class, formatted("uuid", 36)),
          Map.entry(URI.class, formatted("uri-reference", 0)),
          Map.entry(Currency.class, node -> text(3, 3).andThen(Scalars::code).accept(node)),
          Map.entry(Locale.class, text(1, 35)),
          Map.entry(LocalDate.class, formatted("date", 10)),
          Map.entry(Instant.class, formatted("date-time", 64)),
          Map.entry(OffsetDateTime.class, formatted("date-time", 64)),
          Map.entry(Duration.class, formatted("duration", 64)),
          Map.entry(Year.class, integer("int32", Year.MIN_VALUE, Year.MAX_VALUE)));

  private Scalars() {}

  /** The schema of {@code type}; {@code null} if it is no single value. */
  static @Nullable ObjectNode schema(Class<?> type) {
    Consumer<ObjectNode> known = KNOWN.get(type);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (known != null) {
      known.accept(node);
      return node;
    }
    // What else the package has is text, as the binder wants it.
    return type.getName().startsWith("java.time.")
        ? node.put("type", "string").put("maxLength", 128)
        : null;
  }

  private static Consumer<ObjectNode> integer(String format, long min, long max) {
    return node ->
        node.put("type", "integer").put("format", format).put("minimum", min).put("maximum", max);
  }

  private static Consumer<ObjectNode> number(String format) {
    return node -> node.put("type", "number").put("format", format);
  }

  private static Consumer<ObjectNode> text(int min, int max) {
    return node -> node.put("type", "string").put("minLength", min).put("maxLength", max);
  }

  private static Consumer<ObjectNode> formatted(String format, int max) {
    return node -> {
      node.put("type", "string").put("format", format);
      if (max > 0) {
        node.put("maxLength", max);
      }
    };
  }

  private static void code(ObjectNode node) {
    node.put("pattern", "^[A-Z]{3}$");
  }

  private static void base64(ObjectNode node) {
    node.put("type", "string").put("contentEncoding", "base64");
  }
}
