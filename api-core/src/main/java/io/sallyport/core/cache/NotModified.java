package io.sallyport.core.cache;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer 304, RFC 9110 section 15.4.5: what tells a cache which of its copies it may use. */
final class NotModified {
  // Of the representation itself, which is not sent; everything else may guide a cache.
  private static final Set<String> OF_THE_CONTENT =
      Set.of(
          "content-type",
          "content-length",
          "content-encoding",
          "content-language",
          "content-range",
          "content-disposition");

  private static final byte[] EMPTY = {};

  private NotModified() {}

  /**
   * {@code whole}, or 304 if the client has it already.
   *
   * @throws ProblemException 412 if the request asks for another version
   */
  static Recording.Complete unlessChanged(ConditionalRequest request, Recording.Complete whole) {
    return switch (request.preconditions().evaluate(Tagging.validators(whole))) {
      case PROCEED -> whole;
      case NOT_MODIFIED -> of(whole);
      case FAILED -> throw new ProblemException(Problem.of(ProblemType.PRECONDITION_FAILED));
    };
  }

  private static Recording.Complete of(Recording.Complete whole) {
    Map<String, List<String>> fields = new LinkedHashMap<>(whole.headers());
    fields.keySet().removeAll(OF_THE_CONTENT);
    return new Recording.Complete(304, fields, EMPTY);
  }
}
