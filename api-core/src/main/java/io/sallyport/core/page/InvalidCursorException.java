package io.sallyport.core.page;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;

/**
 * Thrown for a cursor that is not accepted. The client gets one answer whatever the cause, so that
 * nobody can learn from the answers how to forge; the reason is for the trail.
 */
public final class InvalidCursorException extends Exception {
  static final Problem PROBLEM =
      Problem.of(ProblemType.INVALID_CURSOR)
          .detail("The cursor is not valid here and now; begin again without it.");

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  InvalidCursorException(Reason reason) {
    // Without a stack trace: clients can cause it at will.
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  /** Why it is not accepted; never for the client. */
  public Reason reason() {
    return reason;
  }

  /** Why a cursor is not accepted. */
  public enum Reason {
    /** It is not base64url, too short or too long, or what it holds cannot be read. */
    MALFORMED("cursor-malformed"),
    /** It is of a format that is not known here. */
    UNKNOWN_VERSION("cursor-version"),
    /** It was sealed under a key that is not, or no longer, known here. */
    UNKNOWN_KEY("cursor-key"),
    /** It was changed, or made for another caller, endpoint, filter or sort. */
    FORGED("cursor-forged"),
    /** Its time is over. */
    EXPIRED("cursor-expired");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The code of the reason in verdicts. */
    public String code() {
      return code;
    }
  }
}
