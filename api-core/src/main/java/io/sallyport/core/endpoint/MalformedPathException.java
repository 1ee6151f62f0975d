package io.sallyport.core.endpoint;

/**
 * Thrown for a raw path that two parsers could read in two ways, and that is therefore refused
 * before it is matched. Carries no stack trace: hostile clients can cause it at will.
 */
public final class MalformedPathException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  MalformedPathException(Reason reason) {
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  /** Why the path was refused. */
  public Reason reason() {
    return reason;
  }

  /** Why a path was refused; the codes go to logs, never to clients. */
  public enum Reason {
    /** Does not begin with a slash, such as {@code *} or an absolute URI. */
    NOT_ABSOLUTE("not-absolute"),
    /** Longer than {@link SafePath#MAX_LENGTH} or deeper than {@link SafePath#MAX_SEGMENTS}. */
    TOO_LONG("too-long"),
    /** A character that RFC 3986 does not allow in a path, control characters included. */
    ILLEGAL_CHARACTER("illegal-character"),
    /** A backslash, plain or encoded, which some parsers take for a slash. */
    BACKSLASH("backslash"),
    /** An encoded slash, which some parsers decode before they split. */
    ENCODED_SLASH("encoded-slash"),
    /** An encoded percent sign, which a second decoding would turn into something else. */
    ENCODED_PERCENT("encoded-percent"),
    /** A semicolon, plain or encoded: path parameters are seen by some parsers only. */
    PATH_PARAMETER("path-parameter"),
    /** A percent sign that is not followed by two hexadecimal digits. */
    BAD_ESCAPE("bad-escape"),
    /** Escapes that are not UTF-8, or not its shortest form. */
    NOT_UTF8("not-utf8"),
    /** An encoded control or format character, the null byte among them. */
    CONTROL_CHARACTER("control-character"),
    /** An empty segment that is not the last one: a double slash. */
    DOUBLE_SLASH("double-slash"),
    /** A segment {@code .} or {@code ..}, plain or encoded. */
    DOT_SEGMENT("dot-segment"),
    /** The container decoded the path to something else, so it would dispatch something else. */
    CONTAINER_DISAGREES("container-disagrees");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The stable code. */
    public String code() {
      return code;
    }
  }
}
