package io.sallyport.core.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The directives of a {@code Cache-Control} field, RFC 9111 section 5.2. */
final class CacheControl {
  private static final int MAX_DIRECTIVES = 32;

  private final Map<String, String> directives = new HashMap<>();

  private CacheControl() {}

  /** Reads all lines of the field; the first of two equal directives counts. */
  static CacheControl parse(List<String> lines) {
    CacheControl parsed = new CacheControl();
    for (String line : lines) {
      for (String part : line.split(",", MAX_DIRECTIVES)) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1).strip().replace("\"", "");
        if (parsed.directives.size() < MAX_DIRECTIVES) {
          parsed.directives.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), value);
        }
      }
    }
    return parsed;
  }

  boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /**
   * The seconds of a directive; 0 where they are not a number, since the stricter reading of an
   * unclear wish is the safe one, and at most 2^31, RFC 9111 section 1.2.2.
   */
  OptionalLong seconds(String directive) {
    String value = directives.get(directive);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.of(0);
    }
    return OptionalLong.of(
        value.length() > 10 ? 1L << 31 : Math.min(Long.parseLong(value), 1L << 31));
  }
}
