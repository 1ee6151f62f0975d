package io.sallyport.core.body;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query string taken apart. Containers read the body as well; here it has no part in this. */
final class QueryString {
  /** The longest query string, in characters. */
  static final int MAX_LENGTH = 8192;

  /** The most pairs in a query string. */
  static final int MAX_PAIRS = 100;

  private QueryString() {}

  /**
   * The values by name, in their order; {@code null} if {@code raw} is malformed or has too many.
   */
  static @Nullable Map<String, List<String>> parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    return raw.length() > MAX_LENGTH ? null : UrlEncoded.parse(raw, MAX_PAIRS, false);
  }
}
