package io.sallyport.core.idempotency;

import io.sallyport.core.recording.AsyncContextWrapper;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;

/** An async context that settles the operation before the response is completed. */
final class CompletingContextWrapper extends AsyncContextWrapper {
  private final ServletResponse response;
  private final OperationListener operation;

  CompletingContextWrapper(
      AsyncContext context, ServletResponse response, OperationListener operation) {
    super(context);
    this.response = response;
    this.operation = operation;
  }

  @Override
  public void complete() {
    try {
      operation.settleAsync();
    } finally {
      super.complete();
    }
  }

  @Override
  public ServletResponse getResponse() {
    return response;
  }
}
