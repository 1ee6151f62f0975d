package io.sallyport.core.recording;

import jakarta.servlet.AsyncContext;

/** An async context that ends the recording before the container ends the response. */
final class RecordingAsyncWrapper extends AsyncContextWrapper {
  private final RecordingResponse response;

  RecordingAsyncWrapper(AsyncContext context, RecordingResponse response) {
    super(context);
    this.response = response;
  }

  @Override
  public void complete() {
    try {
      response.finishAsync();
    } finally {
      super.complete();
    }
  }
}
