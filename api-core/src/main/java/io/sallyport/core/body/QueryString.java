package io.sallyport.core.body;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query string taken apart. Containers read the body as well; here it has no part in this. */
public final class QueryString {
  /** The longest query string, in characters. */
  public static final int MAX_LENGTH = 8192;

  /** The most pairs in a query string. */
  static final int MAX_PAIRS = 100;

  private static final Problem MALFORMED =
      Problem.of(ProblemType.INVALID_PARAMETERS).detail("The query is not well-formed.");
  private static final Problem TOO_LONG = Problem.of(ProblemType.URI_TOO_LONG);

  private QueryString() {}

  /**
   * The values by name, in their order, of {@code raw}, the query as it was sent.
   *
   * @throws ProblemException with 414 if it is too long, with 400 if it is malformed or holds more
   *     than 100 pairs
   */
  public static Map<String, List<String>> parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    if (raw.length() > MAX_LENGTH) {
      throw new ProblemException(TOO_LONG);
    }
    Map<String, List<String>> values = UrlEncoded.parse(raw, MAX_PAIRS, false);
    if (values == null) {
      throw new ProblemException(MALFORMED);
    }
    return values;
  }
}
