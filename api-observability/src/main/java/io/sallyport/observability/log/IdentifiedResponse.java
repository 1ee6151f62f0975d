package io.sallyport.observability.log;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response that tells the id of its exchange, also after it was reset. */
final class IdentifiedResponse extends HttpServletResponseWrapper {
  private static final String FIELD = "X-Request-Id";

  private final HttpServletResponse response;
  private final String id;

  IdentifiedResponse(HttpServletResponse response, String id) {
    super(response);
    this.response = response;
    this.id = id;
    response.setHeader(FIELD, id);
  }

  @Override
  public void reset() {
    response.reset();
    response.setHeader(FIELD, id);
  }

  @Override
  public void setHeader(String name, String value) {
    if (!FIELD.equalsIgnoreCase(name)) {
      response.setHeader(name, value);
    }
  }

  // What copies the fields of a response over a reset would tell the id twice.
  @Override
  public void addHeader(String name, String value) {
    if (!FIELD.equalsIgnoreCase(name)) {
      response.addHeader(name, value);
    }
  }
}
