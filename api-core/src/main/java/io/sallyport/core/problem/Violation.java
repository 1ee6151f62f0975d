package io.sallyport.core.problem;

import static java.util.Objects.requireNonNull;

/**
 * One rule that the input breaks. Never holds the rejected value: it may be a secret, and it may be
 * an attack on whoever displays it.
 *
 * @param in where the input was
 * @param pointer for a body a JSON pointer, RFC 6901; for a parameter its name
 * @param code the stable code of the rule, such as {@code required}
 * @param message what the rule asks, for people
 */
public record Violation(In in, String pointer, String code, String message) {
  public Violation {
    requireNonNull(in, "in");
    requireNonNull(pointer, "pointer");
    requireNonNull(code, "code");
    requireNonNull(message, "message");
  }

  /** The parts of a request that hold input. */
  public enum In {
    /** The body. */
    BODY,
    /** A path variable. */
    PATH,
    /** A query parameter. */
    QUERY,
    /** A header field. */
    HEADER
  }
}
