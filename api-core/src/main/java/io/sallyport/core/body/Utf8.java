package io.sallyport.core.body;

/** Well-formed UTF-8, RFC 3629 section 4. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes the character at {@code at} takes; 0 if it is not well-formed. */
  static int width(byte[] text, int at) {
    int lead = text[at];
    if (lead >= 0) {
      return 1;
    }
    lead &= 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return follows(text, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      // E0 80..9F would be overlong, ED A0..BF a surrogate.
      int low = lead == 0xE0 ? 0xA0 : 0x80;
      int high = lead == 0xED ? 0x9F : 0xBF;
      return follows(text, at + 1, low, high) && follows(text, at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      // F0 80..8F would be overlong, F4 90..BF beyond U+10FFFF.
      int low = lead == 0xF0 ? 0x90 : 0x80;
      int high = lead == 0xF4 ? 0x8F : 0xBF;
      return follows(text, at + 1, low, high)
              && follows(text, at + 2, 0x80, 0xBF)
              && follows(text, at + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean follows(byte[] text, int at, int low, int high) {
    return at < text.length && (text[at] & 0xFF) >= low && (text[at] & 0xFF) <= high;
  }
}
