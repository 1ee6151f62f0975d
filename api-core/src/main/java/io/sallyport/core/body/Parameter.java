package io.sallyport.core.body;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.ParameterDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.problem.Violation;
import io.sallyport.core.problem.Violation.In;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one path, query or header parameter, and the key to its value: {@code
 * query("limit").integer(1, 100).withDefault(20)}. Immutable and safe for concurrent use.
 *
 * <p>A parameter is required unless it has a default or is optional, and may be given once unless
 * it is {@linkplain #repeated repeated}.
 *
 * @param <T> the type of the value
 */
public final class Parameter<T> {
  private static final int MOST_REPETITIONS = QueryString.MAX_PAIRS;

  private final In in;
  private final String name;
  private final ListReader<T> reader;
  private final ValueDescription rule;
  private final int maxValues;
  private final boolean required;
  private final @Nullable T otherwise;
  private final @Nullable Pattern pattern;

  private Parameter(
      In in,
      String name,
      ListReader<T> reader,
      ValueDescription rule,
      int maxValues,
      boolean required,
      @Nullable T otherwise,
      @Nullable Pattern pattern) {
    this.in = in;
    this.name = name;
    this.reader = reader;
    this.rule = rule;
    this.maxValues = maxValues;
    this.required = required;
    this.otherwise = otherwise;
    this.pattern = pattern;
  }

  static <T> Parameter<T> single(In in, String name, ValueReader<T> reader, ValueDescription rule) {
    return new Parameter<>(in, name, new One<>(reader), rule, 1, true, null, null);
  }

  static <T> Parameter<T> matching(
      In in, String name, Pattern pattern, ValueReader<T> reader, ValueDescription rule) {
    return new Parameter<>(in, name, new One<>(reader), rule, 1, true, null, pattern);
  }

  /** The path variable {@code name} of the endpoint's template; what follows gives its type. */
  public static UntypedParameter path(String name) {
    return new UntypedParameter(In.PATH, name);
  }

  /** The query parameter {@code name}, case-sensitive; what follows gives its type. */
  public static UntypedParameter query(String name) {
    return new UntypedParameter(In.QUERY, name);
  }

  /** The header field {@code name}, in any case; what follows gives its type. */
  public static UntypedParameter header(String name) {
    return new UntypedParameter(In.HEADER, name);
  }

  /** This parameter, which may be absent. */
  public Parameter<T> optional() {
    return new Parameter<>(in, name, reader, rule, maxValues, false, null, pattern);
  }

  /**
   * This parameter, which has {@code value} where it is absent.
   *
   * @throws IllegalArgumentException if a client could not send that value
   */
  public Parameter<T> withDefault(T value) {
    if (!reader.accepts(requireNonNull(value, "value"))) {
      throw new IllegalArgumentException(
          "default of "
              + name
              + " must be a value that a client could send, was "
              + value
              + "; widen the rule or choose another default");
    }
    return new Parameter<>(in, name, reader, rule, maxValues, false, value, pattern);
  }

  /**
   * This parameter given up to {@code max} times, 2 to 100. Declare a default or {@link #optional}
   * after this.
   *
   * @throws IllegalStateException if it has a default, or is repeated already
   */
  public Parameter<List<T>> repeated(int max) {
    if (max < 2 || max > MOST_REPETITIONS) {
      throw new IllegalArgumentException(
          "max of " + name + " must be 2 to " + MOST_REPETITIONS + ", was " + max);
    }
    if (otherwise != null || !(reader instanceof One<T> one)) {
      throw new IllegalStateException(
          name + " must be repeated once, and before its default is given");
    }
    return new Parameter<>(in, name, new Many<>(one.reader), rule, max, required, null, pattern);
  }

  /** Where the parameter is. */
  public In in() {
    return in;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** What the text must match, {@code null} where there is no such rule. */
  @Nullable Pattern pattern() {
    return pattern;
  }

  /** Whether a request without this parameter is refused. */
  public boolean isRequired() {
    return required;
  }

  /** Whether this parameter may be given more than once. */
  public boolean isRepeated() {
    return maxValues > 1;
  }

  boolean hasDefault() {
    return otherwise != null;
  }

  /** What a client must know of this parameter. */
  ParameterDescription description() {
    ValueDescription value = maxValues > 1 ? rule.repeated(maxValues) : rule;
    if (otherwise != null && maxValues == 1) {
      value = value.withDefault(ListReader.text(otherwise));
    }
    return new ParameterDescription(in, name, required, value, "");
  }

  /**
   * Reads the value out of {@code texts}, its values as they were sent and decoded: its default
   * where there are none, {@code null} where it is absent without one or refused, and then {@code
   * violations} say why. For guards; a handler asks {@link Parameters}.
   */
  public @Nullable T read(List<String> texts, List<Violation> violations) {
    if (texts.isEmpty()) {
      if (required) {
        violations.add(new Violation(in, name, "required", "is required"));
      }
      return otherwise;
    }
    if (texts.size() > maxValues) {
      // Two readers of one request may take the first and the last.
      String message =
          maxValues == 1 ? "must be given once" : "must be given at most " + maxValues + " times";
      violations.add(new Violation(in, name, maxValues == 1 ? "duplicate" : "size", message));
      return null;
    }
    ValueReader.Read<T> read = reader.read(texts);
    if (read.value() == null) {
      violations.add(new Violation(in, name, read.code(), read.message()));
    }
    return read.value();
  }

  /** Where it is and its name; never a value. */
  @Override
  public String toString() {
    return in.name().toLowerCase(java.util.Locale.ROOT) + " parameter " + name;
  }

  private sealed interface ListReader<T> permits One, Many {
    ValueReader.Read<T> read(List<String> texts);

    boolean accepts(T value);

    static String text(Object value) {
      return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }
  }

  private record One<T>(ValueReader<T> reader) implements ListReader<T> {
    @Override
    public ValueReader.Read<T> read(List<String> texts) {
      return reader.read(texts.get(0));
    }

    @Override
    public boolean accepts(T value) {
      return reader.read(ListReader.text(value)).value() != null;
    }
  }

  private record Many<T>(ValueReader<T> reader) implements ListReader<List<T>> {
    @Override
    public ValueReader.Read<List<T>> read(List<String> texts) {
      List<T> values = new ArrayList<>(texts.size());
      for (String text : texts) {
        ValueReader.Read<T> read = reader.read(text);
        T value = read.value();
        if (value == null) {
          return ValueReader.Read.refused(read.code(), read.message());
        }
        values.add(value);
      }
      return ValueReader.Read.of(List.copyOf(values));
    }

    @Override
    public boolean accepts(List<T> values) {
      return values.stream().allMatch(v -> reader.read(ListReader.text(v)).value() != null);
    }
  }
}
