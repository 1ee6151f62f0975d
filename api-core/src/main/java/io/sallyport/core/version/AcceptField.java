package io.sallyport.core.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Accept} by the grammar of RFC 9110, in one pass, within bounds. Parameters other
 * than {@code version} and {@code q} are read and not asked: JSON has none. Used once.
 */
final class AcceptField {
  /** The most characters that the lines may have together. */
  static final int MAX_LENGTH = 4096;

  /** The most ranges. */
  static final int MAX_RANGES = 64;

  private static final String TOKEN =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final String input;
  private int at;

  private AcceptField(String input) {
    this.input = input;
  }

  /** The ranges, in the client's order; {@code null} if the field is malformed or too large. */
  static @Nullable List<AcceptRange> parse(List<String> lines) {
    long length = lines.stream().mapToLong(line -> line.length() + 1L).sum();
    if (length > MAX_LENGTH) {
      return null;
    }
    AcceptField field = new AcceptField(String.join(",", lines));
    List<AcceptRange> ranges = new ArrayList<>();
    // A recipient must take empty elements of a list, section 5.6.1.2.
    while (field.skipToElement()) {
      AcceptRange range = field.range();
      if (range == null || ranges.size() == MAX_RANGES || !field.atEndOfElement()) {
        return null;
      }
      ranges.add(range);
    }
    return ranges;
  }

  private boolean skipToElement() {
    while (is(' ') || is('\t') || is(',')) {
      at++;
    }
    return at < input.length();
  }

  private boolean atEndOfElement() {
    skipWhitespace();
    return at == input.length() || is(',');
  }

  private @Nullable AcceptRange range() {
    String type = token();
    if (!skip('/')) {
      return null;
    }
    String subtype = token();
    if (type.isEmpty() || subtype.isEmpty() || (type.equals("*") && !subtype.equals("*"))) {
      return null;
    }
    Optional<String> version = Optional.empty();
    int quality = 1000;
    boolean weighed = false;
    skipWhitespace();
    while (skip(';')) {
      skipWhitespace();
      String name = token().toLowerCase(Locale.ROOT);
      // An empty parameter, as in "a/b;", is allowed by section 5.6.6.
      if (!name.isEmpty()) {
        String value = skip('=') ? value() : null;
        if (value == null) {
          return null;
        } else if (name.equals("q")) {
          quality = quality(value);
          if (quality < 0 || weighed) {
            return null;
          }
          weighed = true;
        } else if (name.equals("version")) {
          if (version.isPresent()) {
            return null;
          }
          version = Optional.of(value);
        }
      }
      skipWhitespace();
    }
    return new AcceptRange((type + "/" + subtype).toLowerCase(Locale.ROOT), version, quality);
  }

  private @Nullable String value() {
    if (!skip('"')) {
      String token = token();
      return token.isEmpty() ? null : token;
    }
    StringBuilder value = new StringBuilder();
    while (at < input.length()) {
      char c = input.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && at < input.length()) {
        c = input.charAt(at++);
      }
      if ((c < 0x20 && c != '\t') || c == 0x7f) {
        return null;
      }
      value.append(c);
    }
    return null;
  }

  /** A weight of section 12.4.2 in thousandths, -1 if it is none. */
  private static int quality(String value) {
    boolean one = value.startsWith("1");
    if (value.isEmpty() || value.length() > 5 || !(one || value.startsWith("0"))) {
      return -1;
    }
    if (value.length() > 1 && value.charAt(1) != '.') {
      return -1;
    }
    int thousandths = one ? 1000 : 0;
    int unit = 100;
    for (int i = 2; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > (one ? 0 : 9)) {
        return -1;
      }
      thousandths += digit * unit;
      unit /= 10;
    }
    return thousandths;
  }

  private String token() {
    int start = at;
    while (at < input.length() && TOKEN.indexOf(input.charAt(at)) >= 0) {
      at++;
    }
    return input.substring(start, at);
  }

  private boolean is(char expected) {
    return at < input.length() && input.charAt(at) == expected;
  }

  private boolean skip(char expected) {
    boolean there = is(expected);
    if (there) {
      at++;
    }
    return there;
  }

  private void skipWhitespace() {
    while (is(' ') || is('\t')) {
      at++;
    }
  }
}
