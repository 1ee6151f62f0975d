package io.sallyport.core.problem;

import static java.util.Objects.requireNonNull;

/**
 * Thrown by a handler or a service to answer with a {@link Problem}. Message and cause go to the
 * log and never to the client. Without a cause it carries no stack trace: clients can make a
 * handler throw it at will.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Answers with {@code problem}. */
  public ProblemException(Problem problem) {
    super(requireNonNull(problem, "problem").toString(), null, false, false);
    this.problem = problem;
  }

  /** Answers with {@code problem}; {@code cause} is logged. */
  public ProblemException(Problem problem, Throwable cause) {
    super(requireNonNull(problem, "problem").toString(), requireNonNull(cause, "cause"));
    this.problem = problem;
  }

  /** What the client sees. */
  public Problem problem() {
    return problem;
  }
}
