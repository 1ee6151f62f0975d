package io.sallyport.core.body;

/**
 * What bytes must fulfil before any parser sees them: UTF-8 without overlong forms and surrogates
 * (RFC 3629), no byte order mark (RFC 8259 section 8.1), no null byte, and no escape that is half
 * of a surrogate pair (RFC 7493 section 2.1).
 *
 * <p>Parsers guess UTF-16 and UTF-32 from null bytes and accept ill-formed sequences, so that two
 * of them can read one text differently.
 */
final class JsonText {
  private JsonText() {}

  /** The offset of the first fault, or -1 where there is none. */
  static int firstFault(byte[] text) {
    if (text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF) {
      return 0;
    }
    int at = 0;
    while (at < text.length) {
      int width = text[at] == '\\' ? escapeWidth(text, at) : Utf8.width(text, at);
      if (width == 0 || text[at] == 0) {
        return at;
      }
      at += width;
    }
    return -1;
  }

  /** How many bytes the escape at {@code at} takes; 0 for half of a surrogate pair. */
  private static int escapeWidth(byte[] text, int at) {
    if (at + 1 == text.length || text[at + 1] != 'u') {
      // Two, so that the second of two backslashes begins no escape. The grammar is not checked
      // here, but the encoding of what follows is.
      return at + 1 == text.length || text[at + 1] < 0 ? 1 : 2;
    }
    int unit = hex(text, at + 2);
    if (unit < 0) {
      return 2;
    }
    if (!Character.isSurrogate((char) unit)) {
      return 6;
    }
    boolean pair =
        Character.isHighSurrogate((char) unit)
            && at + 7 < text.length
            && text[at + 6] == '\\'
            && text[at + 7] == 'u'
            && isLowSurrogate(hex(text, at + 8));
    return pair ? 12 : 0;
  }

  private static boolean isLowSurrogate(int unit) {
    return unit >= 0 && Character.isLowSurrogate((char) unit);
  }

  private static int hex(byte[] text, int at) {
    if (at + 4 > text.length) {
      return -1;
    }
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = text[i] < 0 ? -1 : Character.digit((char) text[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
