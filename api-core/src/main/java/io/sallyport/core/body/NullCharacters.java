package io.sallyport.core.body;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds U+0000 in texts and in the names of maps. */
final class NullCharacters {
  private NullCharacters() {}

  /** Whether there is one in what {@code value} has read itself; not in the values of a map. */
  static boolean areIn(@Nullable Object value) {
    if (value instanceof String text) {
      return holds(text);
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream().anyMatch(key -> key instanceof String name && holds(name));
    }
    return false;
  }

  private static boolean holds(String text) {
    return text.indexOf('\0') >= 0;
  }
}
