package io.sallyport.examples.reference.api;

import io.sallyport.core.idempotency.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON. Whole before the first byte, so that a failure can still be told. */
final class JsonAnswer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonAnswer() {}

  static void ok(HttpServletResponse response, Object body) throws IOException {
    write(response, HttpServletResponse.SC_OK, body);
  }

  /** {@code location} is a path of this server: a host would be the client's own word. */
  static void created(HttpServletResponse response, String location, Object body)
      throws IOException {
    response.setHeader("Location", location);
    write(response, HttpServletResponse.SC_CREATED, body);
  }

  /** What {@link #created} writes, for a record that is stored before it is sent. */
  static StoredResponse recorded(String location, Object body) {
    return StoredResponse.of(HttpServletResponse.SC_CREATED)
        .header("Location", location)
        .body("application/json", JSON.writeValueAsBytes(body));
  }

  private static void write(HttpServletResponse response, int status, Object body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
