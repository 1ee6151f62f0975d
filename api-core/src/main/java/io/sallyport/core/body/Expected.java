package io.sallyport.core.body;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Year;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonToken;

/**
 * The kind of JSON value that a Java type is read from. Only that kind: a string is no number, a
 * number no boolean, and an empty string not {@code null}, whatever a data binder would make of it.
 */
enum Expected {
  STRING("must be a string in the documented format"),
  INTEGER("must be an integer within the documented range"),
  NUMBER("must be a number within the documented range"),
  BOOLEAN("must be true or false"),
  /** Left to the type's own deserializer. */
  ANY("is not of the documented type");

  private static final Map<Class<?>, Expected> BY_TYPE =
      Map.ofEntries(
          Map.entry(byte.class, INTEGER),
          Map.entry(Byte.class, INTEGER),
          Map.entry(short.class, INTEGER),
          Map.entry(Short.class, INTEGER),
          Map.entry(int.class, INTEGER),
          Map.entry(Integer.class, INTEGER),
          Map.entry(long.class, INTEGER),
          Map.entry(Long.class, INTEGER),
          Map.entry(BigInteger.class, INTEGER),
          Map.entry(float.class, NUMBER),
          Map.entry(Float.class, NUMBER),
          Map.entry(double.class, NUMBER),
          Map.entry(Double.class, NUMBER),
          Map.entry(BigDecimal.class, NUMBER),
          Map.entry(Number.class, NUMBER),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(char.class, STRING),
          Map.entry(Character.class, STRING),
          Map.entry(String.class, STRING),
          Map.entry(CharSequence.class, STRING),
          Map.entry(UUID.class, STRING),
          Map.entry(URI.class, STRING),
          Map.entry(Currency.class, STRING),
          Map.entry(Locale.class, STRING));

  private final String message;

  Expected(String message) {
    this.message = message;
  }

  static Expected of(Class<?> type) {
    // A year is a number; every other type of this package reads numbers as seconds or days.
    if (type.getName().startsWith("java.time.") && type != Year.class) {
      return STRING;
    }
    return BY_TYPE.getOrDefault(type, ANY);
  }

  String message() {
    return message;
  }

  boolean accepts(JsonToken token) {
    return switch (this) {
      case STRING -> token == JsonToken.VALUE_STRING;
      case INTEGER -> token == JsonToken.VALUE_NUMBER_INT;
      case NUMBER -> token.isNumeric();
      case BOOLEAN -> token.isBoolean();
      case ANY -> true;
    };
  }

  /** Whether {@code value} is what a text stands for, and not what is left where nothing fits. */
  boolean isValue(@org.jspecify.annotations.Nullable Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number);
    }
    if (value instanceof Float number) {
      return Float.isFinite(number);
    }
    return this == ANY || value != null;
  }
}
