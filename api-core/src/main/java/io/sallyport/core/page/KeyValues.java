package io.sallyport.core.page;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values of sort columns in bytes: a tag for the type, then the value. No floating point, whose
 * equality cannot be relied on across a database and a client of it.
 */
final class KeyValues {
  private static final byte NULL = 0;
  private static final byte FALSE = 1;
  private static final byte TRUE = 2;
  private static final byte INTEGER = 3;
  private static final byte LONG = 4;
  private static final byte TEXT = 5;
  private static final byte UUID_VALUE = 6;
  private static final byte INSTANT = 7;
  private static final byte DATE = 8;
  private static final byte DECIMAL = 9;

  // As PostgreSQL's numeric; a larger scale makes a short text into gigabytes when it is printed.
  private static final int MAX_SCALE = 16_383;
  private static final int MAX_DECIMAL_BYTES = 256;

  private static final Set<Class<?>> KEPT =
      Set.of(
          Boolean.class,
          Integer.class,
          Long.class,
          String.class,
          UUID.class,
          Instant.class,
          LocalDate.class,
          BigDecimal.class);

  private KeyValues() {}

  /**
   * The type as which values of {@code type} come back.
   *
   * @throws IllegalArgumentException if they cannot be kept
   */
  static Class<?> kept(Class<?> type) {
    if (type == OffsetDateTime.class) {
      return Instant.class;
    }
    if (type == Short.class) {
      return Integer.class;
    }
    if (!KEPT.contains(type)) {
      throw new IllegalArgumentException(
          "a sort column must be an integer, text, UUID, instant, date, decimal or boolean, was "
              + type.getName()
              + "; convert it, or sort by another column");
    }
    return type;
  }

  static void put(ByteBuffer to, @Nullable Object value) {
    if (value == null) {
      to.put(NULL);
    } else if (value instanceof Boolean bool) {
      to.put(bool ? TRUE : FALSE);
    } else if (value instanceof Integer || value instanceof Short) {
      putSigned(to.put(INTEGER), ((Number) value).longValue());
    } else if (value instanceof Long number) {
      putSigned(to.put(LONG), number);
    } else if (value instanceof String text) {
      putText(to.put(TEXT), text);
    } else if (value instanceof UUID id) {
      to.put(UUID_VALUE).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    } else if (value instanceof Instant instant) {
      putInstant(to, instant);
    } else if (value instanceof OffsetDateTime time) {
      putInstant(to, time.toInstant());
    } else if (value instanceof LocalDate date) {
      putSigned(to.put(DATE), date.toEpochDay());
    } else if (value instanceof BigDecimal decimal) {
      putDecimal(to.put(DECIMAL), decimal);
    } else {
      kept(value.getClass());
    }
  }

  static @Nullable Object get(ByteBuffer from) throws InvalidCursorException {
    byte tag = from.get();
    return switch (tag) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case INTEGER -> integer(getSigned(from));
      case LONG -> getSigned(from);
      case TEXT -> text(from);
      case UUID_VALUE -> new UUID(from.getLong(), from.getLong());
      case INSTANT -> instant(from);
      case DATE -> date(from);
      case DECIMAL -> decimal(from);
      default -> throw malformed();
    };
  }

  /** Seven bits a byte, the lowest first: short for small numbers. */
  static void putVarint(ByteBuffer to, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  static long getVarint(ByteBuffer from) throws InvalidCursorException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  private static void putSigned(ByteBuffer to, long value) {
    putVarint(to, value << 1 ^ value >> 63);
  }

  private static long getSigned(ByteBuffer from) throws InvalidCursorException {
    long value = getVarint(from);
    return value >>> 1 ^ -(value & 1);
  }

  private static Integer integer(long value) throws InvalidCursorException {
    if (value != (int) value) {
      throw malformed();
    }
    return (int) value;
  }

  private static void putText(ByteBuffer to, String text) {
    try {
      ByteBuffer bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      putVarint(to, bytes.remaining());
      to.put(bytes);
    } catch (CharacterCodingException e) {
      // Replaced, it would be another position.
      throw new IllegalArgumentException("a text with half a surrogate pair is no sort value", e);
    }
  }

  private static String text(ByteBuffer from) throws InvalidCursorException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(slice(from, CursorPayload.MAX_BYTES))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static void putInstant(ByteBuffer to, Instant instant) {
    putSigned(to.put(INSTANT), instant.getEpochSecond());
    putVarint(to, instant.getNano());
  }

  private static Instant instant(ByteBuffer from) throws InvalidCursorException {
    long seconds = getSigned(from);
    long nanos = getVarint(from);
    if (nanos < 0 || nanos > 999_999_999) {
      throw malformed();
    }
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException e) {
      throw malformed();
    }
  }

  private static LocalDate date(ByteBuffer from) throws InvalidCursorException {
    try {
      return LocalDate.ofEpochDay(getSigned(from));
    } catch (DateTimeException e) {
      throw malformed();
    }
  }

  private static void putDecimal(ByteBuffer to, BigDecimal decimal) {
    byte[] unscaled = decimal.unscaledValue().toByteArray();
    if (unscaled.length > MAX_DECIMAL_BYTES || Math.abs((long) decimal.scale()) > MAX_SCALE) {
      throw new IllegalArgumentException(
          "a decimal of a sort must have at most "
              + MAX_DECIMAL_BYTES
              + " bytes and a scale within "
              + MAX_SCALE
              + "; bound its precision in the database");
    }
    putSigned(to, decimal.scale());
    putVarint(to, unscaled.length);
    to.put(unscaled);
  }

  private static BigDecimal decimal(ByteBuffer from) throws InvalidCursorException {
    long scale = getSigned(from);
    ByteBuffer slice = slice(from, MAX_DECIMAL_BYTES);
    if (Math.abs(scale) > MAX_SCALE || !slice.hasRemaining()) {
      throw malformed();
    }
    byte[] unscaled = new byte[slice.remaining()];
    slice.get(unscaled);
    return new BigDecimal(new BigInteger(unscaled), (int) scale);
  }

  private static ByteBuffer slice(ByteBuffer from, int most) throws InvalidCursorException {
    long length = getVarint(from);
    if (length < 0 || length > most || length > from.remaining()) {
      throw malformed();
    }
    ByteBuffer slice = from.slice(from.position(), (int) length);
    from.position(from.position() + (int) length);
    return slice;
  }

  private static InvalidCursorException malformed() {
    return new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
  }
}
