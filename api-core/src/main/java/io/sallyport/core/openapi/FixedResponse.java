package io.sallyport.core.openapi;

import io.sallyport.core.filter.Handler;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers with one representation; nothing of the request leads to another one. */
final class FixedResponse implements Handler {
  private static final Problem NOT_YET =
      Problem.of(ProblemType.UNAVAILABLE).header("Retry-After", "1");

  private final Supplier<Optional<Representation>> source;
  private final List<HeaderField> headers;

  FixedResponse(Supplier<Optional<Representation>> source, List<HeaderField> headers) {
    this.source = source;
    this.headers = List.copyOf(headers);
  }

  static FixedResponse of(Representation representation, HeaderField... headers) {
    Optional<Representation> fixed = Optional.of(representation);
    return new FixedResponse(() -> fixed, List.of(headers));
  }

  @Override
  public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Representation found = source.get().orElseThrow(() -> new ProblemException(NOT_YET));
    response.setHeader("ETag", found.entityTag());
    // May be kept, and is asked for again each time: the next release is seen at once.
    response.setHeader("Cache-Control", "no-cache");
    headers.forEach(field -> response.setHeader(field.name(), field.value()));
    if (Collections.list(request.getHeaders("If-None-Match")).stream().anyMatch(found::isNamedBy)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(found.mediaType());
    response.setContentLength(found.bytes().length);
    response.getOutputStream().write(found.bytes());
  }
}
