package io.sallyport.core.endpoint;

import io.sallyport.core.endpoint.MalformedPathException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A request path that every parser reads in the same way, decoded, in segments. Immutable.
 *
 * <p>The attack behind this class: a proxy, a filter and a container each decode and normalise a
 * path in their own way, so {@code /public/..;/admin} is authorised as one path and dispatched as
 * another. Instead of normalising, which adds one more opinion, everything that any of them is
 * known to treat differently is refused. Syntax follows RFC 3986 section 3.3.
 */
public final class SafePath {
  /** The longest raw path, in characters. */
  public static final int MAX_LENGTH = 4096;

  /** The largest number of segments. */
  public static final int MAX_SEGMENTS = 64;

  private static final boolean[] PLAIN = new boolean[128];

  static {
    String plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~" + "!$&'()*+,=:@";
    plain.chars().forEach(c -> PLAIN[c] = true);
  }

  private final List<String> segments;

  private SafePath(List<String> segments) {
    this.segments = segments;
  }

  /**
   * Checks and decodes the raw path of a request line, without query.
   *
   * @throws MalformedPathException if the path is not safe, with the reason
   */
  public static SafePath parse(String raw) throws MalformedPathException {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      throw new MalformedPathException(Reason.NOT_ABSOLUTE);
    }
    if (raw.length() > MAX_LENGTH) {
      throw new MalformedPathException(Reason.TOO_LONG);
    }
    if (raw.length() == 1) {
      return new SafePath(List.of());
    }
    List<String> segments = new ArrayList<>(8);
    int start = 1;
    boolean escaped = false;
    for (int i = 1; i <= raw.length(); i++) {
      char c = i == raw.length() ? '/' : raw.charAt(i);
      if (c == '/') {
        segments.add(segment(raw, start, i, escaped));
        if (segments.size() > MAX_SEGMENTS) {
          throw new MalformedPathException(Reason.TOO_LONG);
        }
        start = i + 1;
        escaped = false;
      } else if (c == '%') {
        escaped = true;
      } else if (c >= 128 || !PLAIN[c]) {
        throw new MalformedPathException(reasonFor(c));
      }
    }
    return new SafePath(Collections.unmodifiableList(segments));
  }

  /** The decoded segments; the last one is empty when the path ends in a slash. */
  public List<String> segments() {
    return segments;
  }

  /** The decoded path. */
  public String decoded() {
    return "/" + String.join("/", segments);
  }

  /** Whether {@code decoded} is this path, decoded; compares in place. */
  public boolean isDecodedTo(String decoded) {
    int at = 0;
    if (segments.isEmpty()) {
      return decoded.equals("/");
    }
    for (String segment : segments) {
      if (at >= decoded.length()
          || decoded.charAt(at) != '/'
          || !decoded.startsWith(segment, at + 1)) {
        return false;
      }
      at += 1 + segment.length();
    }
    return at == decoded.length();
  }

  static boolean isSafeLiteral(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c >= 128 || !PLAIN[c]) {
        return false;
      }
    }
    return !segment.equals(".") && !segment.equals("..");
  }

  private static Reason reasonFor(char c) {
    return switch (c) {
      case ';' -> Reason.PATH_PARAMETER;
      case '\\' -> Reason.BACKSLASH;
      default -> Reason.ILLEGAL_CHARACTER;
    };
  }

  private static String segment(String raw, int start, int end, boolean escaped)
      throws MalformedPathException {
    if (start == end && end < raw.length()) {
      throw new MalformedPathException(Reason.DOUBLE_SLASH);
    }
    String segment = raw.substring(start, end);
    if (escaped) {
      segment = decode(segment);
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw new MalformedPathException(Reason.DOT_SEGMENT);
    }
    return segment;
  }

  private static String decode(String segment) throws MalformedPathException {
    byte[] bytes = new byte[segment.length()];
    int length = 0;
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c != '%') {
        bytes[length++] = (byte) c;
        continue;
      }
      int high = i + 2 < segment.length() ? hex(segment.charAt(i + 1)) : -1;
      int low = i + 2 < segment.length() ? hex(segment.charAt(i + 2)) : -1;
      if (high < 0 || low < 0) {
        throw new MalformedPathException(Reason.BAD_ESCAPE);
      }
      bytes[length++] = (byte) (high << 4 | low);
      i += 2;
    }
    String decoded = utf8(bytes, length);
    // By code point: the tag characters of plane 14 are invisible as well.
    for (int i = 0; i < decoded.length(); ) {
      int codePoint = decoded.codePointAt(i);
      checkDecoded(codePoint);
      i += Character.charCount(codePoint);
    }
    return decoded;
  }

  private static String utf8(byte[] bytes, int length) throws MalformedPathException {
    try {
      // A new decoder reports malformed input; String's constructor would replace it instead.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedPathException(Reason.NOT_UTF8);
    }
  }

  private static void checkDecoded(int c) throws MalformedPathException {
    switch (c) {
      case '/' -> throw new MalformedPathException(Reason.ENCODED_SLASH);
      case '\\' -> throw new MalformedPathException(Reason.BACKSLASH);
      case '%' -> throw new MalformedPathException(Reason.ENCODED_PERCENT);
      case ';' -> throw new MalformedPathException(Reason.PATH_PARAMETER);
      default -> {
        int type = Character.getType(c);
        // FORMAT covers the bidirectional overrides and zero-width characters that make two
        // different paths look the same to whoever reads a log.
        if (type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR) {
          throw new MalformedPathException(Reason.CONTROL_CHARACTER);
        }
      }
    }
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
