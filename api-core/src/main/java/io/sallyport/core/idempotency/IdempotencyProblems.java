package io.sallyport.core.idempotency;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;

/** What a client is told that may not run its request now, and what it should do. */
final class IdempotencyProblems {
  static final Problem MISSING =
      Problem.of(ProblemType.IDEMPOTENCY_KEY_MISSING)
          .detail(
              "Send an Idempotency-Key field with a quoted string that is new for each operation,"
                  + " and the same for each repetition of it.");
  static final Problem INVALID =
      Problem.of(ProblemType.IDEMPOTENCY_KEY_INVALID)
          .detail("Idempotency-Key must be one quoted string of 1 to 255 ASCII characters.");
  static final Problem INVALID_BARE =
      Problem.of(ProblemType.IDEMPOTENCY_KEY_INVALID)
          .detail("Idempotency-Key must be one string of 1 to 255 ASCII characters.");
  static final Problem ANONYMOUS =
      Problem.of(ProblemType.FORBIDDEN).detail("Idempotency keys are for authenticated callers.");
  static final Problem UNAVAILABLE = Problem.of(ProblemType.UNAVAILABLE);

  private static final Problem REUSED =
      Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED).detail(reused());
  private static final ProblemType REUSED_AS_400 =
      ProblemType.of(
          ProblemType.IDEMPOTENCY_KEY_REUSED.code(),
          400,
          ProblemType.IDEMPOTENCY_KEY_REUSED.title());
  private static final Problem REUSED_400 = Problem.of(REUSED_AS_400).detail(reused());

  private IdempotencyProblems() {}

  /** The type of a mismatch. */
  static ProblemType mismatch(boolean answers400) {
    return answers400 ? REUSED_AS_400 : ProblemType.IDEMPOTENCY_KEY_REUSED;
  }

  private static String reused() {
    return "This key came with another request before. Use a new key for a new operation.";
  }

  /** The problem for a claim that was not granted, and whose answer cannot be replayed. */
  static Problem of(Claim claim, OperationId operation, boolean mismatchAnswers400) {
    if (claim instanceof Claim.Reused) {
      return mismatchAnswers400 ? REUSED_400 : REUSED;
    } else if (claim instanceof Claim.Busy) {
      return busy(operation);
    } else if (claim instanceof Claim.DoneUnkept done) {
      return about(operation, ProblemType.IDEMPOTENCY_RESPONSE_NOT_KEPT)
          .detail(
              "Operation "
                  + operation
                  + " was completed with status "
                  + done.status()
                  + "; its answer was too large to be kept. Do not use a new key: it would repeat"
                  + " the operation.");
    }
    return unknown(operation);
  }

  static Problem busy(OperationId operation) {
    // A handler takes far less than its lease as a rule; one second is the least that can be said.
    return about(operation, ProblemType.IDEMPOTENCY_IN_PROGRESS).header("Retry-After", "1");
  }

  static Problem unknown(OperationId operation) {
    return about(operation, ProblemType.IDEMPOTENCY_OUTCOME_UNKNOWN)
        .detail(
            "Operation "
                + operation
                + " was begun and may have taken effect. It is not repeated before that is known."
                + " A new key is not safe: it may repeat the effect. Ask support about the"
                + " operation, or repeat this request later with the same key.");
  }

  private static Problem about(OperationId operation, ProblemType type) {
    return Problem.of(type).header(IdempotencyFilter.OPERATION, '"' + operation.reference() + '"');
  }
}
