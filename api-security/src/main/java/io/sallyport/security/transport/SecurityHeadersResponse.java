package io.sallyport.security.transport;

import io.sallyport.core.problem.HeaderField;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;

/**
 * A response that has its security headers again after {@code reset}, each of them once, and that
 * answers an error with the default ones whatever its handler had in mind for a success.
 */
final class SecurityHeadersResponse extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private final List<HeaderField> fields;

  SecurityHeadersResponse(HttpServletResponse response, List<HeaderField> fields) {
    super(response);
    this.response = response;
    this.fields = fields;
  }

  void setAll() {
    for (int i = 0; i < fields.size(); i++) {
      HeaderField field = fields.get(i);
      response.setHeader(field.name(), field.value());
    }
  }

  void setMissing() {
    for (HeaderField field : fields) {
      if (!response.containsHeader(field.name())) {
        response.setHeader(field.name(), field.value());
      }
    }
  }

  /** Replaces a default: two values of such a field say nothing, or the laxer thing. */
  @Override
  public void addHeader(String name, String value) {
    if (isOurs(name)) {
      super.setHeader(name, value);
    } else {
      super.addHeader(name, value);
    }
  }

  @Override
  public void reset() {
    super.reset();
    setAll();
  }

  @Override
  public void sendError(int status) throws IOException {
    setAll();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    setAll();
    super.sendError(status, message);
  }

  private boolean isOurs(String name) {
    for (HeaderField field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
