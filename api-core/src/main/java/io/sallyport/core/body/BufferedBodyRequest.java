package io.sallyport.core.body;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body a guard has read, for whoever reads it next. Each call of {@link
 * #getInputStream} and {@link #getReader} begins anew. Only a body that was beyond the limit, which
 * goes on when the guard runs in shadow, can be read but once.
 */
final class BufferedBodyRequest extends HttpServletRequestWrapper {
  private final BoundedBytes body;
  private @Nullable ServletInputStream once;

  BufferedBodyRequest(HttpServletRequest request, BoundedBytes body) {
    super(request);
    this.body = body;
  }

  boolean holdsAtMost(int limit) {
    return body.complete() && body.bytes().length <= limit;
  }

  BoundedBytes body() {
    return body;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body.complete()) {
      return new BodyStreamWrapper(body.bytes(), null);
    }
    if (once == null) {
      once = new BodyStreamWrapper(body.bytes(), super.getInputStream());
    }
    return once;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    // Not the default of the servlet specification, ISO 8859-1: JSON is UTF-8.
    Charset charset = BodyCharset.of(getCharacterEncoding(), StandardCharsets.UTF_8);
    return new BufferedReader(new InputStreamReader(getInputStream(), charset));
  }
}
