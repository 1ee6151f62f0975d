package io.sallyport.observability.log;

import java.time.Instant;

/**
 * JSON in visible ASCII, written from left to right. It allocates the line and no more, since every
 * request pays for it; what is nested properly is for its one user to see to.
 */
final class JsonLine {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final StringBuilder line = new StringBuilder(512);
  private boolean first = true;

  void beginObject() {
    separate();
    line.append('{');
    first = true;
  }

  void endObject() {
    line.append('}');
    first = false;
  }

  void beginArray() {
    line.append('[');
    first = true;
  }

  void endArray() {
    line.append(']');
    first = false;
  }

  /** The name of a member, a constant of ours that needs no escape; its value comes next. */
  JsonLine name(String name) {
    separate();
    line.append('"').append(name).append("\":");
    first = true;
    return this;
  }

  void number(long value) {
    line.append(value);
    first = false;
  }

  void time(Instant value) {
    line.append('"');
    UtcTime.append(line, value);
    line.append('"');
    first = false;
  }

  void text(String value) {
    line.append('"');
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      if (!isPlain(value.charAt(i))) {
        line.append(value, from, i);
        escape(value.charAt(i));
        from = i + 1;
      }
    }
    // As a rule all of it, which is one copy.
    line.append(from == 0 ? value : value.substring(from));
    line.append('"');
    first = false;
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
  }

  private void escape(char c) {
    line.append('\\');
    switch (c) {
      case '"', '\\' -> line.append(c);
      case '\n' -> line.append('n');
      case '\r' -> line.append('r');
      case '\t' -> line.append('t');
      default ->
          line.append('u')
              .append(HEX[c >> 12])
              .append(HEX[c >> 8 & 15])
              .append(HEX[c >> 4 & 15])
              .append(HEX[c & 15]);
    }
  }

  private void separate() {
    if (!first) {
      line.append(',');
    }
    first = false;
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
