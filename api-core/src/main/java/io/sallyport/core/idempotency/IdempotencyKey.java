package io.sallyport.core.idempotency;

import java.util.List;
import java.util.Optional;

/**
 * The value of {@code Idempotency-Key}, draft-ietf-httpapi-idempotency-key-header-07 section 2.1: a
 * String of RFC 9651 section 3.3.3, of 1 to 255 characters, alone in a single field line.
 *
 * <p>Several lines, lists and parameters are refused: two readers would not agree on the key.
 *
 * @param value the characters, without quotes and escapes
 */
record IdempotencyKey(String value) {
  static final int MAX_LENGTH = 255;

  // With every character escaped, between quotes, and a little space around it.
  private static final int MAX_LINE = 2 * MAX_LENGTH + 2 + 16;

  /** The key in {@code lines}; empty where they hold none that is well-formed. */
  static Optional<IdempotencyKey> parse(List<String> lines, boolean bareAllowed) {
    if (lines.size() != 1 || lines.get(0).length() > MAX_LINE) {
      return Optional.empty();
    }
    String line = strip(lines.get(0));
    String value = line.startsWith("\"") ? quoted(line) : bareAllowed ? bare(line) : "";
    return value.isEmpty() || value.length() > MAX_LENGTH
        ? Optional.empty()
        : Optional.of(new IdempotencyKey(value));
  }

  private static String quoted(String line) {
    StringBuilder value = new StringBuilder(line.length());
    int last = line.length() - 1;
    for (int i = 1; i < last; i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
        // A backslash escapes a quote or itself, and nothing else; and not the closing quote.
        if (i == last || (line.charAt(i) != '"' && line.charAt(i) != '\\')) {
          return "";
        }
        value.append(line.charAt(i));
      } else if (c == '"' || c < 0x20 || c > 0x7e) {
        return "";
      } else {
        value.append(c);
      }
    }
    return last > 0 && line.charAt(last) == '"' ? value.toString() : "";
  }

  // The characters of UUIDs, ULIDs, base64 in both alphabets, and the like.
  private static String bare(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "-._~:/+=".indexOf(c) < 0) {
        return "";
      }
    }
    return line;
  }

  // RFC 9651 section 4.2 discards SP alone; tabs are refused with whatever else is not a key.
  private static String strip(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && line.charAt(start) == ' ') {
      start++;
    }
    while (end > start && line.charAt(end - 1) == ' ') {
      end--;
    }
    return line.substring(start, end);
  }

  /** Not the value: a key is as good as a ticket to its answer. */
  @Override
  public String toString() {
    return "IdempotencyKey of " + value.length() + " characters";
  }
}
