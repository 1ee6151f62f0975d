package io.sallyport.core.recording;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Writes a recorded response as the answer to another request. */
public final class RecordedResponse {
  // Of each of these there may be several, the guards' among them; the others are replaced.
  private static final Set<String> ADDED = Set.of("link", "set-cookie", "vary");

  private RecordedResponse() {}

  /**
   * Answers with {@code recorded}, byte for byte; the fields that the guards have set stay, unless
   * the recorded handler replaced them.
   *
   * @throws IOException if the client is gone
   */
  public static void write(HttpServletResponse response, Recording.Complete recorded)
      throws IOException {
    setFields(response, recorded);
    byte[] body = recorded.body();
    if (body.length > 0) {
      // For HEAD the container keeps the length and drops the body.
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
    if (recorded.status() == HttpServletResponse.SC_NOT_MODIFIED) {
      commit(response);
    }
  }

  // A container that ends an empty response says that its length is 0. Of a 304 that would be the
  // length of the representation, RFC 9110 section 8.6; so it is sent off before it ends.
  static void commit(HttpServletResponse response) throws IOException {
    response.flushBuffer();
  }

  static void setFields(HttpServletResponse response, Recording.Complete recorded) {
    response.setStatus(recorded.status());
    recorded
        .headers()
        .forEach(
            (name, values) -> {
              if (ADDED.contains(name)) {
                values.forEach(value -> response.addHeader(name, value));
              } else {
                set(response, name, values);
              }
            });
  }

  static void set(HttpServletResponse response, String name, List<String> values) {
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
}
