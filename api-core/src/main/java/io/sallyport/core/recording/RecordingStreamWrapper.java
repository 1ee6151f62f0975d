package io.sallyport.core.recording;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The output stream of a {@link RecordingResponse}. */
final class RecordingStreamWrapper extends ServletOutputStream {
  private final RecordingResponse response;

  RecordingStreamWrapper(RecordingResponse response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    response.write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    response.write(from, offset, length);
  }

  @Override
  public void flush() throws IOException {
    response.flushStream();
  }

  @Override
  public void close() throws IOException {
    response.closeStream();
  }

  @Override
  public boolean isReady() {
    return response.isStreamReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    response.setWriteListener(listener);
  }
}
