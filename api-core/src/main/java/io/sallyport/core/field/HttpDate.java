package io.sallyport.core.field;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Dates of HTTP in all three forms, RFC 9110 section 5.6.7. */
public final class HttpDate {
  private static final int MAX_LENGTH = 40;

  private static final DateTimeFormatter IMF_FIXDATE = strict("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

  // asctime pads the day of the month with a space.
  private static final DateTimeFormatter ASCTIME = strict("EEE MMM ppd HH:mm:ss uuuu");

  private HttpDate() {}

  /** The instant that {@code value} names; {@code clock} decides the century of a short year. */
  public static Optional<Instant> parse(String value, InstantSource clock) {
    if (value.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      if (value.length() > 3 && value.charAt(3) == ',') {
        return Optional.of(at(IMF_FIXDATE, value));
      }
      return Optional.of(
          value.indexOf(',') > 0 ? at(rfc850(clock.instant()), value) : at(ASCTIME, value));
    } catch (DateTimeException e) {
      // Not a date; RFC 9110 has every recipient ignore the field then.
      return Optional.empty();
    }
  }

  /** {@code instant} as it is to be sent, in whole seconds. */
  public static String format(Instant instant) {
    return IMF_FIXDATE.format(instant.atOffset(ZoneOffset.UTC));
  }

  private static Instant at(DateTimeFormatter format, String value) {
    return LocalDateTime.parse(value, format).toInstant(ZoneOffset.UTC);
  }

  // A year that seems more than 50 years in the future is the most recent one in the past.
  private static DateTimeFormatter rfc850(Instant now) {
    int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, thisYear - 49)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static DateTimeFormatter strict(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
