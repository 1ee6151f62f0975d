package io.sallyport.core.idempotency;

import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ParameterDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.problem.ProblemType;
import java.util.List;

/** Tells callers of {@link Idempotency}. */
final class IdempotencyDescription {
  private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"";
  private static final String BARE = "[A-Za-z0-9._~:/+=-]{1,255}";
  // Quotes, and each character escaped.
  private static final int LONGEST = 2 * IdempotencyKey.MAX_LENGTH + 2;

  private IdempotencyDescription() {}

  static void of(Idempotency facet, OperationDescription operation) {
    operation
        .parameter(key(facet))
        .refuses(
            ProblemType.IDEMPOTENCY_KEY_INVALID,
            ProblemType.IDEMPOTENCY_IN_PROGRESS,
            ProblemType.IDEMPOTENCY_OUTCOME_UNKNOWN,
            ProblemType.IDEMPOTENCY_RESPONSE_NOT_KEPT,
            IdempotencyProblems.mismatch(facet.answersMismatchWith400()),
            ProblemType.UNAVAILABLE)
        .note(
            "An answer is kept for "
                + facet.terms().lifetime().toSeconds()
                + " s, and replayed to a repetition of its request under the same key.");
    if (facet.isRequired()) {
      operation.refuses(ProblemType.IDEMPOTENCY_KEY_MISSING);
    }
    if (facet.comparesBody()) {
      operation.refuses(ProblemType.BAD_REQUEST, ProblemType.CONTENT_TOO_LARGE);
    }
    if (!facet.allowsAnonymousCallers()) {
      operation.refuses(ProblemType.FORBIDDEN);
    }
    headers(operation);
  }

  private static ParameterDescription key(Idempotency facet) {
    boolean bare = facet.allowsBareKeys();
    ValueDescription value =
        ValueDescription.text(bare ? 1 : 3, LONGEST)
            .matching(bare ? "^(?:" + QUOTED + "|" + BARE + ")$" : "^" + QUOTED + "$");
    ParameterDescription key =
        ParameterDescription.header(IdempotencyFilter.KEY, value)
            .text(
                "A string in quotes, new for each operation and the same for each repetition of"
                    + " it: a UUID, for example.");
    return facet.isRequired() ? key.mandatory() : key;
  }

  private static void headers(OperationDescription operation) {
    HeaderDescription replayed =
        new HeaderDescription(
            IdempotencyFilter.REPLAYED,
            ValueDescription.oneOf(List.of("true")),
            "Present where the answer is that of an earlier request.");
    operation.answerHeader(replayed);
    // Refusals of these are final answers as well.
    for (ProblemType kept :
        List.of(ProblemType.NOT_FOUND, ProblemType.CONFLICT, ProblemType.GONE)) {
      operation.header(kept.status(), replayed);
    }
    int conflict = ProblemType.CONFLICT.status();
    operation
        .header(
            conflict,
            new HeaderDescription(
                IdempotencyFilter.OPERATION,
                ValueDescription.text(0, 256),
                "The operation of the key, for support."))
        .header(
            conflict,
            new HeaderDescription(
                "Retry-After",
                ValueDescription.integer(1, Integer.MAX_VALUE),
                "Seconds until it makes sense to ask again."));
  }
}
