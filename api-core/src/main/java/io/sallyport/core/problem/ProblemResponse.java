package io.sallyport.core.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes a {@link Problem} as the whole answer to a request. */
public final class ProblemResponse {
  // Fields that describe the representation that was in the making, or let it be stored; every
  // other field, those of the guards among them, stays.
  private static final Set<String> OF_THE_REPRESENTATION =
      Set.of(
          "accept-ranges",
          "age",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-location",
          "content-range",
          "content-type",
          "etag",
          "expires",
          "last-modified",
          "location",
          "transfer-encoding");

  private ProblemResponse() {}

  /**
   * Replaces whatever was to be the answer by {@code problem} and commits it.
   *
   * @throws IllegalStateException if the response is committed already
   * @throws IOException if the client is gone
   */
  public static void write(HttpServletResponse response, Problem problem, String errorId)
      throws IOException {
    Map<String, Collection<String>> kept = kept(response);
    // Not resetBuffer: a handler may have asked for the writer, and that state must go as well.
    response.reset();
    kept.forEach((name, values) -> setAll(response, name, values));
    response.setStatus(problem.status());
    Set<String> set = new HashSet<>();
    for (HeaderField field : problem.headers()) {
      if (set.add(field.name().toLowerCase(Locale.ROOT))) {
        response.setHeader(field.name(), field.value());
      } else {
        response.addHeader(field.name(), field.value());
      }
    }
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(ProblemJson.MEDIA_TYPE);
    byte[] body = ProblemJson.encode(problem, errorId);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  // Set, not added: a wrapper may have restored the field on reset by itself.
  private static void setAll(HttpServletResponse response, String name, Collection<String> values) {
    boolean first = true;
    for (String value : values) {
      if (first) {
        response.setHeader(name, value);
      } else {
        response.addHeader(name, value);
      }
      first = false;
    }
  }

  private static Map<String, Collection<String>> kept(HttpServletResponse response) {
    Map<String, Collection<String>> kept = new LinkedHashMap<>();
    for (String name : response.getHeaderNames()) {
      if (!OF_THE_REPRESENTATION.contains(name.toLowerCase(Locale.ROOT))) {
        kept.put(name, List.copyOf(response.getHeaders(name)));
      }
    }
    return kept;
  }
}
