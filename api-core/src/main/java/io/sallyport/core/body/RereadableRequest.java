package io.sallyport.core.body;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** A request whose body was read within a limit, and can be read again behind whoever did. */
public final class RereadableRequest {
  private final HttpServletRequest request;
  private final BoundedBytes body;

  private RereadableRequest(HttpServletRequest request, BoundedBytes body) {
    this.request = request;
    this.body = body;
  }

  /**
   * Reads the body of {@code request}, to its end or just beyond {@code limit} bytes.
   *
   * @throws IOException if the body cannot be read; a container may throw unchecked as well
   */
  public static RereadableRequest read(HttpServletRequest request, int limit) throws IOException {
    // At its end at once where a guard has read the body already: no copy, then.
    if (request instanceof BufferedBodyRequest read && read.holdsAtMost(limit)) {
      return new RereadableRequest(request, read.body());
    }
    InputStream stream = request.getInputStream();
    BoundedBytes body = BoundedBytes.read(stream, request.getContentLengthLong(), limit);
    return new RereadableRequest(new BufferedBodyRequest(request, body), body);
  }

  /** Whether the body ended within the limit. */
  public boolean isComplete() {
    return body.complete();
  }

  /** The body, not copied: do not change it. */
  public byte[] bytes() {
    return body.bytes();
  }

  /** The request to go on with. */
  public HttpServletRequest request() {
    return request;
  }
}
