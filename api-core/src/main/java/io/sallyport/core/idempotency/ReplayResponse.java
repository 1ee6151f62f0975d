package io.sallyport.core.idempotency;

import io.sallyport.core.problem.HeaderField;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Writes a {@link StoredResponse}, the first time and every time after. */
final class ReplayResponse {
  private ReplayResponse() {}

  /** Answers again with what was answered before. */
  static void replay(HttpServletResponse response, StoredResponse stored) throws IOException {
    response.setHeader(IdempotencyFilter.REPLAYED, "true");
    // It answers this caller's repetition, and nobody else's request.
    response.setHeader("Cache-Control", "no-store");
    write(response, stored);
  }

  /** Answers with {@code stored}. */
  static void write(HttpServletResponse response, StoredResponse stored) throws IOException {
    response.setStatus(stored.status());
    Set<String> seen = new HashSet<>();
    for (HeaderField field : stored.headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.equals("content-type")) {
        response.setContentType(field.value());
      } else if (seen.add(name)) {
        response.setHeader(field.name(), field.value());
      } else {
        response.addHeader(field.name(), field.value());
      }
    }
    if (mayHaveBody(stored.status())) {
      response.setContentLength(stored.bytes().length);
      response.getOutputStream().write(stored.bytes());
    }
  }

  private static boolean mayHaveBody(int status) {
    return status != HttpServletResponse.SC_NO_CONTENT
        && status != HttpServletResponse.SC_NOT_MODIFIED;
  }
}
