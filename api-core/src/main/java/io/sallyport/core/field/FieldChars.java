package io.sallyport.core.field;

/** The character classes of RFC 9651, in ASCII alone. */
final class FieldChars {
  private static final byte TOKEN = 1;
  private static final byte KEY = 2;
  private static final byte BASE64 = 4;
  private static final byte[] CLASSES = new byte[128];

  static {
    String letters = "abcdefghijklmnopqrstuvwxyz";
    String digits = "0123456789";
    mark(letters + letters.toUpperCase(java.util.Locale.ROOT) + digits, TOKEN);
    mark("!#$%&'*+-.^_`|~:/", TOKEN);
    mark(letters + digits + "_-.*", KEY);
    mark(letters + letters.toUpperCase(java.util.Locale.ROOT) + digits + "+/=", BASE64);
  }

  private FieldChars() {}

  private static void mark(String characters, byte type) {
    characters.chars().forEach(c -> CLASSES[c] |= type);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean startsToken(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
  }

  static boolean inToken(char c) {
    return is(c, TOKEN);
  }

  static boolean startsKey(char c) {
    return (c >= 'a' && c <= 'z') || c == '*';
  }

  static boolean inKey(char c) {
    return is(c, KEY);
  }

  static boolean inBase64(char c) {
    return is(c, BASE64);
  }

  /** What a String and a Display String may hold unescaped: visible ASCII and the space. */
  static boolean isVisible(char c) {
    return c >= 0x20 && c < 0x7f;
  }

  /** The value of a lower-case hexadecimal digit, -1 for anything else. */
  static int lowerHex(char c) {
    return isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  static boolean isString(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isVisible(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && startsToken(text.charAt(0)) && allAre(text, TOKEN);
  }

  static boolean isKey(String text) {
    return !text.isEmpty() && startsKey(text.charAt(0)) && allAre(text, KEY);
  }

  private static boolean allAre(String text, byte type) {
    for (int i = 0; i < text.length(); i++) {
      if (!is(text.charAt(i), type)) {
        return false;
      }
    }
    return true;
  }

  private static boolean is(char c, byte type) {
    return c < 128 && (CLASSES[c] & type) != 0;
  }
}
