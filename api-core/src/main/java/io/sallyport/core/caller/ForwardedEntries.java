package io.sallyport.core.caller;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The entries of {@code X-Forwarded-For} and of {@code Forwarded}, RFC 7239 section 4. */
final class ForwardedEntries {
  /** Field lines of more characters in all are not read: no chain of proxies is that long. */
  private static final int MAX_LENGTH = 8192;

  private ForwardedEntries() {}

  /** The members of a comma-separated list over all lines. */
  static List<String> ofList(List<String> lines) {
    List<String> entries = new ArrayList<>();
    for (String line : bounded(lines)) {
      for (String entry : line.split(",", -1)) {
        entries.add(entry.strip());
      }
    }
    return entries;
  }

  /** The {@code for} parameters, one for each element; empty text where an element has none. */
  static List<String> ofForwarded(List<String> lines) {
    List<String> entries = new ArrayList<>();
    for (String line : bounded(lines)) {
      for (String element : split(line, ',')) {
        String node = "";
        for (String pair : split(element, ';')) {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? "" : pair.substring(0, equals).strip();
          if (name.toLowerCase(Locale.ROOT).equals("for")) {
            node = unquoted(pair.substring(equals + 1).strip());
          }
        }
        entries.add(node);
      }
    }
    return entries;
  }

  /**
   * The address of an entry, its port taken off; empty for a name, {@code unknown} and the like.
   */
  static Optional<ClientAddress> address(String entry) {
    if (entry.startsWith("[")) {
      int end = entry.indexOf(']');
      return end > 0 && isPort(entry.substring(end + 1))
          ? ClientAddress.parse(entry.substring(1, end))
          : Optional.empty();
    }
    int colon = entry.indexOf(':');
    boolean ipv4WithPort = colon >= 0 && colon == entry.lastIndexOf(':');
    if (ipv4WithPort) {
      return isPort(entry.substring(colon))
          ? ClientAddress.parse(entry.substring(0, colon))
          : Optional.empty();
    }
    return ClientAddress.parse(entry);
  }

  private static boolean isPort(String text) {
    if (text.isEmpty()) {
      return true;
    }
    boolean port = text.charAt(0) == ':' && text.length() >= 2 && text.length() <= 6;
    for (int i = 1; i < text.length() && port; i++) {
      port = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return port;
  }

  private static List<String> bounded(List<String> lines) {
    int length = 0;
    for (String line : lines) {
      length += line.length();
    }
    return length <= MAX_LENGTH ? lines : List.of();
  }

  /** Splits outside quoted strings. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 1; i < value.length() - 1; i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length() - 1) {
        i++;
        c = value.charAt(i);
      }
      text.append(c);
    }
    return text.toString();
  }
}
