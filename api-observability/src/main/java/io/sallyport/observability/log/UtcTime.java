package io.sallyport.observability.log;

import java.time.Instant;

/**
 * Writes an instant as RFC 3339 has it, in UTC, with the digits of its fraction that it has: none,
 * three, six or nine. Formatting a date costs more than the rest of a line, and the requests of one
 * second share it.
 */
final class UtcTime {
  private static volatile Second last = new Second(0, format(0));

  private UtcTime() {}

  static void append(StringBuilder text, Instant time) {
    long epochSecond = time.getEpochSecond();
    Second second = last;
    if (second.epochSecond() != epochSecond) {
      second = new Second(epochSecond, format(epochSecond));
      last = second;
    }
    text.append(second.text());
    fraction(text, time.getNano());
    text.append('Z');
  }

  private static void fraction(StringBuilder text, int nanos) {
    if (nanos == 0) {
      return;
    }
    int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    text.append('.');
    int divisor = 100_000_000;
    for (int i = 0; i < digits; i++) {
      text.append((char) ('0' + nanos / divisor % 10));
      divisor /= 10;
    }
  }

  // What Instant prints for a whole second, without its Z.
  private static String format(long epochSecond) {
    String text = Instant.ofEpochSecond(epochSecond).toString();
    return text.substring(0, text.length() - 1);
  }

  private record Second(long epochSecond, String text) {}
}
