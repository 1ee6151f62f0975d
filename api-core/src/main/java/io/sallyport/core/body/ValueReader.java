package io.sallyport.core.body;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a value of one type out of a decoded string. Must be safe for concurrent use. */
@FunctionalInterface
interface ValueReader<T> {
  Read<T> read(String text);

  /** Reads what {@code form} matches as a whole and {@code parse} takes without an exception. */
  static <T> ValueReader<T> of(Pattern form, Function<String, T> parse, String rule) {
    return text -> {
      // The form bounds the length as well, so that no parser sees a long text.
      if (!form.matcher(text).matches()) {
        return Read.refused("type", rule);
      }
      try {
        return Read.of(parse.apply(text));
      } catch (RuntimeException e) {
        return Read.refused("type", rule);
      }
    };
  }

  /**
   * A value, or the code and message of the rule that the text breaks.
   *
   * @param value the value, {@code null} if the text was refused
   * @param code the code of the rule, empty where there is a value
   * @param message the message of the rule, empty where there is a value
   */
  record Read<T>(@Nullable T value, String code, String message) {
    static <T> Read<T> of(T value) {
      return new Read<>(value, "", "");
    }

    static <T> Read<T> refused(String code, String message) {
      return new Read<>(null, code, message);
    }
  }
}
