package io.sallyport.security.transport;

import io.sallyport.core.problem.HeaderField;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;

/** A response that has its security headers again after {@code reset}. */
final class SecurityHeadersResponse extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private final List<HeaderField> fields;

  SecurityHeadersResponse(HttpServletResponse response, List<HeaderField> fields) {
    super(response);
    this.response = response;
    this.fields = fields;
  }

  void setAll() {
    for (HeaderField field : fields) {
      response.setHeader(field.name(), field.value());
    }
  }

  @Override
  public void reset() {
    super.reset();
    setAll();
  }
}
