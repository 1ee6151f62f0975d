package io.sallyport.core.field;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of an item or an inner list by key, in order, RFC 9651 section 3.1.2. */
public record FieldParameters(Map<String, BareItem> all) {
  /** No parameters. */
  public static final FieldParameters NONE = new FieldParameters(Map.of());

  public FieldParameters {
    all = copyOf(all, StructuredField.MAX_PARAMETERS);
  }

  /** The value of {@code key}, if it is there. */
  public Optional<BareItem> get(String key) {
    return Optional.ofNullable(all.get(key));
  }

  /** These parameters with one more, or with another value of {@code key} in its old place. */
  public FieldParameters with(String key, BareItem value) {
    Map<String, BareItem> more = new LinkedHashMap<>(all);
    more.put(key, value);
    return new FieldParameters(more);
  }

  /** A read-only copy of {@code members}, in order; refuses what is no key, and too many. */
  static <T> Map<String, T> copyOf(Map<String, T> members, int max) {
    if (members.size() > max) {
      throw new IllegalArgumentException("at most " + max + " keys, were " + members.size());
    }
    if (members.isEmpty()) {
      return Map.of();
    }
    Map<String, T> copy = new LinkedHashMap<>();
    members.forEach(
        (key, value) -> {
          if (!FieldChars.isKey(key)) {
            throw new IllegalArgumentException(
                "a key begins with a lower-case letter or * and goes on with those, digits, _, -"
                    + " and ., was "
                    + key);
          }
          copy.put(key, requireNonNull(value, key));
        });
    return Collections.unmodifiableMap(copy);
  }
}
