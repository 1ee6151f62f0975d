package io.sallyport.core.field;

/**
 * Thrown for a field that is not well-formed, RFC 9651 section 4.2, and that must then be ignored
 * or refused as a whole. Carries no stack trace and nothing of the field: hostile clients can cause
 * it at will.
 */
public final class MalformedFieldException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  MalformedFieldException(String rule, int offset) {
    super(rule + ", at offset " + offset, null, false, false);
    this.offset = offset;
  }

  /** Where in the field, its lines joined by a comma and a space, reading ended. */
  public int offset() {
    return offset;
  }
}
