package io.sallyport.core.field;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * An item without its parameters, RFC 9651 section 3.3. Constructors refuse what cannot be written,
 * so serialising never fails.
 */
public sealed interface BareItem {
  /** The largest Integer, and the largest Date in seconds: fifteen digits. */
  long MAX_INTEGER = 999_999_999_999_999L;

  /** An Integer, section 3.3.1. */
  record IntegerValue(long value) implements BareItem {
    public IntegerValue {
      checkRange("an Integer", value);
    }
  }

  /**
   * A Decimal, section 3.3.2: rounded to three digits after the point, half to even, and with at
   * least one; at most twelve before it.
   */
  record DecimalValue(BigDecimal value) implements BareItem {
    private static final int MAX_INTEGER_DIGITS = 12;
    private static final int MAX_SCALE = 3;

    public DecimalValue {
      requireNonNull(value, "value");
      // Asked before rounding, which would write out the zeros of an exponent.
      if (magnitude(value) <= MAX_INTEGER_DIGITS) {
        value = rounded(value);
      }
      if (magnitude(value) > MAX_INTEGER_DIGITS) {
        throw new IllegalArgumentException("a Decimal has at most 12 digits before the point");
      }
    }

    private static long magnitude(BigDecimal value) {
      return value.signum() == 0 ? 0 : (long) value.precision() - value.scale();
    }

    private static BigDecimal rounded(BigDecimal value) {
      if (magnitude(value) < -MAX_SCALE || value.signum() == 0) {
        return new BigDecimal("0.0");
      }
      BigDecimal rounded = value.setScale(MAX_SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
      return rounded.scale() < 1 ? rounded.setScale(1, RoundingMode.UNNECESSARY) : rounded;
    }
  }

  /** A String, section 3.3.3: visible ASCII and spaces. */
  record StringValue(String value) implements BareItem {
    public StringValue {
      if (!FieldChars.isString(requireNonNull(value, "value"))) {
        throw new IllegalArgumentException(
            "a String holds visible ASCII and spaces; use a DisplayString for other text");
      }
    }
  }

  /** A Token, section 3.3.4. */
  record TokenValue(String value) implements BareItem {
    public TokenValue {
      if (!FieldChars.isToken(requireNonNull(value, "value"))) {
        throw new IllegalArgumentException(
            "a Token begins with a letter or * and holds token characters, : and /");
      }
    }
  }

  /** A Byte Sequence, section 3.3.5. */
  final class ByteSequence implements BareItem {
    private final byte[] bytes;

    /** A copy of {@code bytes}. */
    public ByteSequence(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByteSequence that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "ByteSequence of " + bytes.length;
    }
  }

  /** A Boolean, section 3.3.6. */
  record BooleanValue(boolean value) implements BareItem {
    /** True, which is not written where it is the value of a key. */
    public static final BooleanValue TRUE = new BooleanValue(true);
  }

  /** A Date, section 3.3.7: seconds since 1970, without leap seconds. */
  record DateValue(long epochSecond) implements BareItem {
    public DateValue {
      checkRange("a Date", epochSecond);
    }

    /** The second that {@code instant} is in. */
    public static DateValue of(Instant instant) {
      return new DateValue(instant.getEpochSecond());
    }

    /** The instant. */
    public Instant instant() {
      return Instant.ofEpochSecond(epochSecond);
    }
  }

  /** A Display String, section 3.3.8: text in Unicode. */
  record DisplayString(String value) implements BareItem {
    public DisplayString {
      requireNonNull(value, "value");
      try {
        // A new encoder reports a lone surrogate; String.getBytes would write a question mark.
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException("a DisplayString has no unpaired surrogates", e);
      }
    }
  }

  private static void checkRange(String type, long value) {
    if (value > MAX_INTEGER || value < -MAX_INTEGER) {
      throw new IllegalArgumentException(type + " has at most 15 digits, was " + value);
    }
  }
}
