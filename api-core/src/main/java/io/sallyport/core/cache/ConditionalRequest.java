package io.sallyport.core.cache;

import io.sallyport.core.field.HttpDate;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a handler asks about the conditions of its request. Needs no filter.
 *
 * <p>A write calls {@link #check} inside the transaction that changes the resource, after it has
 * read and locked the current version: checked any earlier, another write may come between.
 */
public final class ConditionalRequest {
  private static final String CHECKED = ConditionalRequest.class.getName() + ".checked";
  private static final List<String> FIELDS =
      List.of("If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since");

  private final HttpServletRequest request;
  private final Preconditions preconditions;

  private ConditionalRequest(HttpServletRequest request, Preconditions preconditions) {
    this.request = request;
    this.preconditions = preconditions;
  }

  /** The conditions of {@code request}. */
  public static ConditionalRequest of(HttpServletRequest request) {
    Map<String, List<String>> fields = new HashMap<>();
    for (String name : FIELDS) {
      fields.put(name, Collections.list(request.getHeaders(name)));
    }
    return new ConditionalRequest(
        request, Preconditions.of(request.getMethod(), fields, InstantSource.system()));
  }

  /**
   * Returns if a write may go ahead on {@code current}.
   *
   * @throws ProblemException 412 if it may not
   */
  public void check(Validators current) {
    request.setAttribute(CHECKED, true);
    if (preconditions.evaluate(current) != PreconditionOutcome.PROCEED) {
      throw new ProblemException(Problem.of(ProblemType.PRECONDITION_FAILED));
    }
  }

  /** As {@link #check(Validators)}, for a resource that exists in the version {@code tag}. */
  public void check(ETag tag) {
    check(Validators.of(tag));
  }

  /**
   * For a read, before it renders: sets {@code ETag} and {@code Last-Modified}, and answers 304 if
   * the client has {@code current}.
   *
   * @return whether the request is answered, so that there is nothing left to do
   * @throws ProblemException 412 if the request asks for another version
   * @throws IOException if the client is gone
   */
  public boolean answered(HttpServletResponse response, Validators current) throws IOException {
    PreconditionOutcome outcome = preconditions.evaluate(current);
    if (outcome == PreconditionOutcome.FAILED) {
      throw new ProblemException(Problem.of(ProblemType.PRECONDITION_FAILED));
    }
    current.tag().ifPresent(tag -> response.setHeader("ETag", tag.toString()));
    current
        .lastModified()
        .ifPresent(date -> response.setHeader("Last-Modified", HttpDate.format(date)));
    if (outcome == PreconditionOutcome.NOT_MODIFIED) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      // Sent off now: a container would add a length of 0, which is not that of the representation.
      response.flushBuffer();
      return true;
    }
    return false;
  }

  Preconditions preconditions() {
    return preconditions;
  }

  static boolean wasChecked(HttpServletRequest request) {
    return request.getAttribute(CHECKED) != null;
  }
}
