package io.sallyport.core.problem;

import static java.util.Objects.requireNonNull;

/**
 * A response header field, RFC 9110 section 5. Refuses what could split a response.
 *
 * @param name a token
 * @param value visible ASCII, spaces and tabs
 */
public record HeaderField(String name, String value) {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    String token =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + "!#$%&'*+-.^_`|~";
    token.chars().forEach(c -> TOKEN[c] = true);
  }

  public HeaderField {
    if (!isToken(requireNonNull(name, "name"))) {
      throw new IllegalArgumentException("name must be a token of RFC 9110");
    }
    if (!isVisible(requireNonNull(value, "value"))) {
      throw new IllegalArgumentException(
          "value of " + name + " must be visible ASCII, spaces and tabs");
    }
  }

  // Loops, not patterns: this runs for every field of every response.
  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 128 || !TOKEN[c]) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isVisible(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c > 0x7e) {
        return false;
      }
    }
    return true;
  }
}
