package io.sallyport.core.idempotency;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** A request whose async contexts settle its operation. */
final class CapturedRequestWrapper extends HttpServletRequestWrapper {
  private final OperationListener operation;
  private final HttpServletResponse client;
  private @Nullable AsyncContext context;

  CapturedRequestWrapper(
      HttpServletRequest request, OperationListener operation, HttpServletResponse client) {
    super(request);
    this.operation = operation;
    this.client = client;
  }

  @Override
  public AsyncContext startAsync() {
    return startAsync(this, operation.response());
  }

  /**
   * The container is given the response behind, for what it and the problem filter answer by
   * themselves; the handler goes on with the one that captures.
   */
  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
    AsyncContext started = super.startAsync(request, client);
    operation.asyncStarted(started, answer);
    context = new CompletingContextWrapper(started, answer, operation);
    return context;
  }

  @Override
  public AsyncContext getAsyncContext() {
    return context == null ? super.getAsyncContext() : context;
  }
}
