package io.sallyport.core.body;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The charset that a client declared for a body. */
final class BodyCharset {
  private BodyCharset() {}

  /**
   * The charset {@code declared}, or {@code otherwise}.
   *
   * @throws ProblemException with 415 for a charset that is unknown
   */
  static Charset of(@Nullable String declared, Charset otherwise) {
    try {
      return declared == null ? otherwise : Charset.forName(declared);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE), e);
    }
  }
}
