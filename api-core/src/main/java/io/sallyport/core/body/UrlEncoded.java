package io.sallyport.core.body;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of {@code application/x-www-form-urlencoded}, in the characters of RFC 3986 section 3.4,
 * where a plus sign is a space.
 *
 * <p>Containers differ in what they make of a broken escape, of invalid UTF-8 and of a semicolon.
 * Here, all that can be read in two ways is malformed.
 */
final class UrlEncoded {
  private static final String PLAIN = "-._~!$'()*,;:@/?";

  private UrlEncoded() {}

  /**
   * The values by name, in their order; {@code null} if {@code raw} is malformed or has too many.
   *
   * @param lineBreaks whether values may hold tabs and line breaks, as those of a text area do
   */
  static @Nullable Map<String, List<String>> parse(String raw, int maxPairs, boolean lineBreaks) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int pairs = 0;
    int from = 0;
    while (from <= raw.length()) {
      int ampersand = raw.indexOf('&', from);
      int end = ampersand < 0 ? raw.length() : ampersand;
      int equals = raw.indexOf('=', from);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      String name = decode(raw, from, nameEnd, false);
      String value = decode(raw, Math.min(nameEnd + 1, end), end, lineBreaks);
      if (name == null || name.isEmpty() || value == null || ++pairs > maxPairs) {
        return null;
      }
      values.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
      from = end + 1;
    }
    return values;
  }

  private static @Nullable String decode(String raw, int from, int end, boolean lineBreaks) {
    byte[] bytes = new byte[end - from];
    int length = 0;
    for (int at = from; at < end; at++) {
      char c = raw.charAt(at);
      int decoded = c;
      if (c == '%') {
        decoded = escaped(raw, at, end);
        at += 2;
      } else if (c == '+') {
        decoded = ' ';
      } else if (!isPlain(c) && c != '=') {
        return null;
      }
      // Controls end lines in logs and mails, and a null byte ends strings in other languages.
      boolean control = decoded < 0x20 || decoded == 0x7F;
      if (control && !(lineBreaks && (decoded == '\t' || decoded == '\n' || decoded == '\r'))) {
        return null;
      }
      bytes[length++] = (byte) decoded;
    }
    return text(bytes, length);
  }

  private static int escaped(String raw, int at, int end) {
    int high = at + 2 < end ? hex(raw.charAt(at + 1)) : -1;
    int low = at + 2 < end ? hex(raw.charAt(at + 2)) : -1;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }

  private static @Nullable String text(byte[] bytes, int length) {
    byte[] exact = Arrays.copyOf(bytes, length);
    int at = 0;
    while (at < length) {
      int width = Utf8.width(exact, at);
      // C1 controls, U+0080 to U+009F, are C2 80 to C2 9F.
      boolean control = width == 2 && exact[at] == (byte) 0xC2 && (exact[at + 1] & 0xFF) < 0xA0;
      if (width == 0 || control) {
        return null;
      }
      at += width;
    }
    return new String(exact, StandardCharsets.UTF_8);
  }
}
