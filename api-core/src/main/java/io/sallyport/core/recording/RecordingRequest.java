package io.sallyport.core.recording;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose async context has the recorded response. The one of a container has its own bare
 * response, and what is written to that would be missing from the record.
 */
final class RecordingRequest extends HttpServletRequestWrapper {
  private final RecordingResponse response;

  RecordingRequest(HttpServletRequest request, RecordingResponse response) {
    super(request);
    this.response = response;
  }

  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse given) {
    AsyncContext context = super.startAsync(request, given);
    context.addListener(new RecordingListener(response));
    response.asyncStarted();
    return new RecordingAsyncWrapper(context, response);
  }

  @Override
  public AsyncContext getAsyncContext() {
    return new RecordingAsyncWrapper(super.getAsyncContext(), response);
  }
}
