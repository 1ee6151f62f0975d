package io.sallyport.core.cache;

import io.sallyport.core.describe.AnswerDescription;
import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ParameterDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.problem.ProblemType;

/** Tells callers of conditional requests. */
final class ConditionDescription {
  private static final String OPAQUE = "\"[!#-~]{0," + ETag.MAX_LENGTH + "}\"";
  private static final String TAG = "(?:W/)?" + OPAQUE;
  private static final String TAGS = TAG + "(?:, *" + TAG + "){0," + (ETagList.MAX_TAGS - 1) + "}";
  // What a container reads of a header field is less as a rule.
  private static final int LONGEST = 8192;

  private ConditionDescription() {}

  /** A write that must name the version that it replaces. */
  static void ofWrite(OperationDescription operation) {
    ParameterDescription version =
        ParameterDescription.header(
                "If-Match", ValueDescription.text(2, LONGEST).matching("^" + TAGS + "$"))
            .text("The tag of the version that is to be replaced, as `ETag` told it.");
    if (operation.endpoint().method().equals("PATCH")
        || operation.endpoint().method().equals("DELETE")) {
      // What is not there can be neither changed nor removed, so creation is no alternative.
      operation.parameter(version.mandatory());
    } else {
      operation
          .parameter(version)
          .parameter(
              ParameterDescription.header(
                      "If-None-Match", ValueDescription.text(1, 1).matching("^\\*$"))
                  .text("`*` to create, and to replace nothing."))
          .note("Needs `If-Match` with a tag, or `If-None-Match: *`.");
    }
    operation.refuses(ProblemType.PRECONDITION_REQUIRED, ProblemType.PRECONDITION_FAILED);
  }

  /** A read that is answered 304 to a client that has the version. */
  static void ofRead(OperationDescription operation) {
    HeaderDescription tag =
        new HeaderDescription(
            "ETag",
            ValueDescription.text(2, ETag.MAX_LENGTH + 4).matching("^" + TAG + "$"),
            "The version of what is answered.");
    operation
        .parameter(
            ParameterDescription.header(
                    "If-None-Match",
                    ValueDescription.text(1, LONGEST).matching("^(?:\\*|" + TAGS + ")$"))
                .text("The tags of the versions that the client has."))
        .answers(AnswerDescription.of(304, "Not modified: the client has this version."))
        .answerHeader(tag)
        .refuses(ProblemType.PRECONDITION_FAILED);
  }
}
