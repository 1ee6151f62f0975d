package io.sallyport.core.body;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.ValueReader.Read;
import io.sallyport.core.describe.EcmaPattern;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.problem.Violation.In;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A parameter that has a place and a name, and still needs a type. Immutable.
 *
 * <p>Each type has one spelling a value: no leading zeros or plus signs, no shortened ids, no
 * {@code 1} for {@code true}.
 */
public final class UntypedParameter {
  static final String SAFE_PATTERN_REMEDY =
      "let each character have one place that takes it: no repetition within or next to another of"
          + " the same characters; or check the value in code";

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern BOOLEAN = Pattern.compile("true|false");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");

  private final In in;
  private final String name;

  UntypedParameter(In in, String name) {
    this.in = in;
    this.name = requireNonNull(name, "name");
    if (name.isBlank() || (in == In.HEADER && !TOKEN.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "name of a "
              + in.name().toLowerCase(java.util.Locale.ROOT)
              + " parameter must not be blank, nor for a header be other than a token, was \""
              + name
              + "\"");
    }
  }

  /** Text of {@code min} to {@code max} characters (code points). */
  public Parameter<String> text(int min, int max) {
    if (min < 0 || max < Math.max(1, min)) {
      throw new IllegalArgumentException(
          "length of "
              + name
              + " must be from 0 or more to at least that, was "
              + min
              + " to "
              + max);
    }
    return Parameter.single(
        in, name, text -> sized(text, min, max), ValueDescription.text(min, max));
  }

  /**
   * Text of at most {@code max} characters that {@code pattern} matches as a whole. A pattern that
   * can take more than proportional time is a fault at the start.
   */
  public Parameter<String> text(int max, Pattern pattern) {
    requireNonNull(pattern, "pattern");
    if (max < 1) {
      throw new IllegalArgumentException("length of " + name + " must be at least 1, was " + max);
    }
    return Parameter.matching(
        in,
        name,
        pattern,
        text -> {
          Read<String> sized = sized(text, 0, max);
          return sized.value() == null || SafePatternValidator.matches(pattern, text)
              ? sized
              : Read.refused("pattern", "must match the documented pattern");
        },
        EcmaPattern.whole(pattern)
            .map(ValueDescription.text(0, max)::matching)
            .orElse(ValueDescription.text(0, max)));
  }

  /** An integer from {@code min} to {@code max}, both included. */
  public Parameter<Integer> integer(int min, int max) {
    ValueReader<Long> longs = range(min, max);
    return Parameter.single(
        in,
        name,
        text -> {
          Read<Long> read = longs.read(text);
          Long value = read.value();
          return value == null
              ? Read.refused(read.code(), read.message())
              : Read.of(Math.toIntExact(value));
        },
        ValueDescription.integer(min, max));
  }

  /** A 64-bit integer from {@code min} to {@code max}, both included. */
  public Parameter<Long> longInteger(long min, long max) {
    return Parameter.single(in, name, range(min, max), ValueDescription.integer(min, max));
  }

  /** A UUID in its 36 characters, RFC 9562 section 4. */
  public Parameter<UUID> uuid() {
    return of(
        UUID_FORM, UUID::fromString, "must be a UUID", ValueDescription.formatted("uuid", 36));
  }

  /** {@code true} or {@code false}. */
  public Parameter<Boolean> bool() {
    return of(BOOLEAN, Boolean::valueOf, "must be true or false", ValueDescription.bool());
  }

  /** A point in time, RFC 3339 section 5.6, such as {@code 2025-01-31T12:00:00Z}. */
  public Parameter<Instant> instant() {
    return of(
        INSTANT,
        Instant::parse,
        "must be a date and time of RFC 3339",
        ValueDescription.formatted("date-time", 35));
  }

  /** A date, RFC 3339 section 5.6, such as {@code 2025-01-31}. */
  public Parameter<LocalDate> date() {
    return of(
        DATE,
        LocalDate::parse,
        "must be a date of RFC 3339",
        ValueDescription.formatted("date", 10));
  }

  /** A constant of {@code type} by its name, case-sensitive. */
  public <E extends Enum<E>> Parameter<E> oneOf(Class<E> type) {
    Map<String, E> constants =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
    String rule =
        "must be one of "
            + Arrays.stream(type.getEnumConstants())
                .map(Enum::name)
                .collect(Collectors.joining(", "));
    return Parameter.single(
        in,
        name,
        text -> {
          E constant = constants.get(text);
          return constant == null ? Read.refused("type", rule) : Read.of(constant);
        },
        ValueDescription.oneOf(Arrays.stream(type.getEnumConstants()).map(Enum::name).toList()));
  }

  private <T> Parameter<T> of(
      Pattern form, Function<String, T> parse, String rule, ValueDescription description) {
    return Parameter.single(in, name, ValueReader.of(form, parse, rule), description);
  }

  private ValueReader<Long> range(long min, long max) {
    if (min > max) {
      throw new IllegalArgumentException(
          "minimum of " + name + " must be at most its maximum, was " + min + " to " + max);
    }
    ValueReader<Long> longs = ValueReader.of(INTEGER, Long::valueOf, "must be an integer");
    return text -> {
      Read<Long> read = longs.read(text);
      Long value = read.value();
      if (value == null || (value >= min && value <= max)) {
        return read;
      }
      return value < min
          ? Read.refused("minimum", "must be at least " + min)
          : Read.refused("maximum", "must be at most " + max);
    };
  }

  private static Read<String> sized(String text, int min, int max) {
    int length = text.codePointCount(0, text.length());
    return length < min || length > max
        ? Read.refused("size", "must have " + min + " to " + max + " characters")
        : Read.of(text);
  }
}
