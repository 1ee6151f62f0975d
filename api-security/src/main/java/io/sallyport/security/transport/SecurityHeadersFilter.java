package io.sallyport.security.transport;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sets the {@link SecurityHeaders} on every response, whatever its status.
 *
 * <p>They are set before anything else runs, so they are on streamed and async responses too, and
 * set anew when a handler resets its response. A handler may override one deliberately, for example
 * {@code Cache-Control} of something that may be stored; an error has the defaults again.
 */
public final class SecurityHeadersFilter extends ApiFilter {
  private final SecurityHeaders headers;

  /** Sets the strict set. */
  public SecurityHeadersFilter() {
    this(SecurityHeaders.strict());
  }

  /** Sets {@code headers}. */
  public SecurityHeadersFilter(SecurityHeaders headers) {
    this.headers = requireNonNull(headers, "headers");
  }

  @Override
  public Stage stage() {
    return Stage.TRANSPORT;
  }

  @Override
  public String name() {
    return "security-headers";
  }

  @Override
  protected boolean runsAgainOn(DispatcherType type) {
    return type == DispatcherType.ASYNC;
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    SecurityHeadersResponse guarded =
        new SecurityHeadersResponse(response, headers.fields(request.isSecure()));
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      // What the handler overrode before it dispatched is deliberate.
      guarded.setMissing();
    } else {
      guarded.setAll();
    }
    try {
      chain.doFilter(request, guarded);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      // An override was meant for what the handler did not get to write.
      guarded.setAll();
      throw e;
    }
  }
}
