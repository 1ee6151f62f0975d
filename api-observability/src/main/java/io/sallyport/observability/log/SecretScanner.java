package io.sallyport.observability.log;

/**
 * One pass over a text, copying it without its secrets. Each method starts at {@code at} and moves
 * it on, never back, so that the pass is linear; no regular expression, so none that backtracks.
 */
final class SecretScanner {
  // The header of any JWT is longer: {"alg":"none"} has 19 characters.
  private static final int MIN_HEADER = 12;

  private final String text;
  private final StringBuilder clean;
  private int at;

  SecretScanner(String text) {
    this.text = text;
    this.clean = new StringBuilder(text.length());
  }

  String scrub() {
    while (at < text.length()) {
      if (isWord(text.charAt(at))) {
        word();
      } else if (text.startsWith("://", at)) {
        authority();
      } else {
        clean.append(text.charAt(at++));
      }
    }
    return clean.toString();
  }

  private void word() {
    int begin = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(begin, at);
    if (looksLikeJwt(word)) {
      clean.append(Redaction.REDACTED);
      return;
    }
    clean.append(word);
    boolean closed = at < text.length() && isQuote(text.charAt(at));
    boolean quoted = closed && begin > 0 && isQuote(text.charAt(begin - 1));
    boolean field = SecretNames.isField(word);
    if ((field || SecretNames.isSecret(word, quoted)) && separator()) {
      if (field) {
        restOfLine();
      } else {
        value();
      }
    } else if (SecretNames.isScheme(word)) {
      credentials();
    }
  }

  // A header begins with {" and so its encoding with eyJ, or with { and a blank, and so with ey or
  // ew. The first is looked for anywhere, since text may be glued to a token.
  private static boolean looksLikeJwt(String word) {
    int begin = 0;
    for (int dot = word.indexOf('.'); dot >= 0; dot = word.indexOf('.', begin)) {
      String segment = word.substring(begin, dot);
      int header = segment.indexOf("eyJ");
      boolean glued = header >= 0 && segment.length() - header >= MIN_HEADER;
      boolean whole = segment.startsWith("ey") || segment.startsWith("ew");
      if (glued || (whole && segment.length() >= MIN_HEADER)) {
        return true;
      }
      begin = dot + 1;
    }
    return false;
  }

  /** Copies what stands between a name and its value, if that is what follows. */
  private boolean separator() {
    int next = at;
    // JSON inside a JSON string has its quotes escaped.
    if (next < text.length() && text.charAt(next) == '\\') {
      next++;
    }
    if (next < text.length() && isQuote(text.charAt(next))) {
      next++;
    }
    next = blanks(next);
    int length = separatorLength(next);
    if (length == 0) {
      // Copied all the same, so that no blank is looked at twice.
      copyTo(next);
      return false;
    }
    copyTo(blanks(next + length));
    return true;
  }

  private int separatorLength(int index) {
    if (index >= text.length()) {
      return 0;
    }
    char c = text.charAt(index);
    if (c == ':' || c == '=') {
      return text.startsWith("=>", index) ? 2 : 1;
    }
    boolean encoded =
        text.regionMatches(true, index, "%3D", 0, 3)
            || text.regionMatches(true, index, "%3A", 0, 3);
    return encoded ? 3 : 0;
  }

  private void value() {
    if (at >= text.length()) {
      return;
    }
    char first = text.charAt(at);
    if (isQuote(first)) {
      clean.append(first).append(Redaction.REDACTED);
      at++;
      skipQuoted(first);
      return;
    }
    clean.append(Redaction.REDACTED);
    while (at < text.length() && !isBlank(text.charAt(at)) && !isEnd(text.charAt(at))) {
      at++;
    }
  }

  private void skipQuoted(char quote) {
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, text.length());
  }

  private void restOfLine() {
    clean.append(Redaction.REDACTED);
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  private void credentials() {
    copyTo(blanks(at));
    boolean apart = isBlank(text.charAt(at - 1));
    if (apart && at < text.length() && isToken68(text.charAt(at))) {
      clean.append(Redaction.REDACTED);
      while (at < text.length() && isToken68(text.charAt(at))) {
        at++;
      }
    }
  }

  // RFC 3986 section 3.2.1: whatever stands before the last @ of an authority.
  private void authority() {
    copyTo(at + 3);
    int end = at;
    int user = -1;
    while (end < text.length() && isAuthority(text.charAt(end))) {
      if (text.charAt(end) == '@') {
        user = end;
      }
      end++;
    }
    if (user >= 0) {
      clean.append(Redaction.REDACTED);
      at = user;
    }
  }

  private void copyTo(int index) {
    clean.append(text, at, index);
    at = index;
  }

  private int blanks(int index) {
    int next = index;
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
      next++;
    }
    return next;
  }

  private static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean isToken68(char c) {
    return isWord(c) || c == '~' || c == '+' || c == '/' || c == '=';
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isAuthority(char c) {
    return !isBlank(c) && c != '/' && c != '?' && c != '#' && !isQuote(c);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c);
  }

  private static boolean isEnd(char c) {
    return c == '&';
  }
}
