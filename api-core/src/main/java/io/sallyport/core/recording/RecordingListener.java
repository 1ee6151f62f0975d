package io.sallyport.core.recording;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** Tells a recording of an async request how that ended. */
final class RecordingListener implements AsyncListener {
  private final RecordingResponse response;

  RecordingListener(RecordingResponse response) {
    this.response = response;
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    response.abort();
  }

  @Override
  public void onError(AsyncEvent event) throws IOException {
    response.abort();
  }

  @Override
  public void onComplete(AsyncEvent event) throws IOException {
    response.completed();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Another cycle begins, and has a listener of its own.
  }
}
