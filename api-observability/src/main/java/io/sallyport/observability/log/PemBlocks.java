package io.sallyport.observability.log;

/** Takes PEM blocks, RFC 7468, out of a text; one without an end reaches to the end of the text. */
final class PemBlocks {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private PemBlocks() {}

  static String scrub(String text) {
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    int from = 0;
    while (begin >= 0) {
      clean.append(text, from, begin).append(Redaction.REDACTED);
      from = end(text, begin);
      begin = text.indexOf(BEGIN, from);
    }
    return clean.append(text, from, text.length()).toString();
  }

  private static int end(String text, int begin) {
    int end = text.indexOf(END, begin);
    if (end < 0) {
      return text.length();
    }
    int dashes = text.indexOf(DASHES, end + END.length());
    return dashes < 0 ? text.length() : dashes + DASHES.length();
  }
}
