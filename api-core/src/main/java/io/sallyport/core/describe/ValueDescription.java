package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one value in a path, a query or a header field. Immutable.
 *
 * @param kind what the text stands for
 * @param format a format of the OpenAPI registry, such as {@code uuid}; empty when there is none
 * @param pattern an ECMA-262 regular expression that some part of the value matches; empty when
 *     there is none
 * @param minimum the least value of a number, the least length of a text
 * @param maximum the greatest value of a number, the greatest length of a text
 * @param choices all values there are; empty when they are not counted
 * @param otherwise what an absent value counts as, in its text; {@code null} when nothing
 * @param most how many values there may be; 1 for a single one
 */
public record ValueDescription(
    Kind kind,
    String format,
    String pattern,
    OptionalLong minimum,
    OptionalLong maximum,
    List<String> choices,
    @Nullable String otherwise,
    int most) {
  public ValueDescription {
    requireNonNull(kind, "kind");
    requireNonNull(format, "format");
    requireNonNull(pattern, "pattern");
    requireNonNull(minimum, "minimum");
    requireNonNull(maximum, "maximum");
    choices = List.copyOf(choices);
  }

  /** What a text stands for. */
  public enum Kind {
    /** Itself. */
    TEXT,
    /** A whole number. */
    INTEGER,
    /** {@code true} or {@code false}. */
    BOOLEAN
  }

  /** Text of {@code min} to {@code max} characters. */
  public static ValueDescription text(long min, long max) {
    return new ValueDescription(
        Kind.TEXT, "", "", OptionalLong.of(min), OptionalLong.of(max), List.of(), null, 1);
  }

  /** A whole number from {@code min} to {@code max}. */
  public static ValueDescription integer(long min, long max) {
    String format = min >= Integer.MIN_VALUE && max <= Integer.MAX_VALUE ? "int32" : "int64";
    return new ValueDescription(
        Kind.INTEGER, format, "", OptionalLong.of(min), OptionalLong.of(max), List.of(), null, 1);
  }

  /** {@code true} or {@code false}. */
  public static ValueDescription bool() {
    return new ValueDescription(
        Kind.BOOLEAN, "", "", OptionalLong.empty(), OptionalLong.empty(), List.of(), null, 1);
  }

  /** Text in {@code format} of at most {@code max} characters. */
  public static ValueDescription formatted(String format, long max) {
    return new ValueDescription(
        Kind.TEXT, format, "", OptionalLong.empty(), OptionalLong.of(max), List.of(), null, 1);
  }

  /** One of {@code choices}. */
  public static ValueDescription oneOf(List<String> choices) {
    return new ValueDescription(
        Kind.TEXT, "", "", OptionalLong.empty(), OptionalLong.empty(), choices, null, 1);
  }

  /** This value, some part of which matches {@code ecma}; anchor it to mean the whole. */
  public ValueDescription matching(String ecma) {
    return new ValueDescription(kind, format, ecma, minimum, maximum, choices, otherwise, most);
  }

  /** This value, where {@code text} stands in for an absent one. */
  public ValueDescription withDefault(String text) {
    requireNonNull(text, "text");
    return new ValueDescription(kind, format, pattern, minimum, maximum, choices, text, most);
  }

  /** Up to {@code max} values of this kind. */
  public ValueDescription repeated(int max) {
    return new ValueDescription(kind, format, pattern, minimum, maximum, choices, otherwise, max);
  }

  /** The text of the default, if there is one. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(otherwise);
  }
}
