package io.sallyport.core.recording;

import jakarta.servlet.WriteListener;
import java.io.IOException;

/** A handler's listener; tells the recording of a write that failed. */
final class RecordingWriteListener implements WriteListener {
  private final WriteListener listener;
  private final RecordingResponse response;

  RecordingWriteListener(WriteListener listener, RecordingResponse response) {
    this.listener = listener;
    this.response = response;
  }

  @Override
  public void onWritePossible() throws IOException {
    listener.onWritePossible();
  }

  @Override
  public void onError(Throwable thrown) {
    response.writeFailed();
    listener.onError(thrown);
  }
}
