package io.sallyport.core.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;

/** Bytes that were read already, and then, where there is one, the rest of the stream. */
final class BodyStreamWrapper extends ServletInputStream {
  private final InputStream bytes;
  private final boolean whole;
  private boolean finished;

  /** The whole body; {@code rest} is {@code null} where {@code read} is all there is. */
  BodyStreamWrapper(byte[] read, @Nullable InputStream rest) {
    InputStream first = new ByteArrayInputStream(read);
    this.bytes = rest == null ? first : new SequenceInputStream(first, rest);
    this.whole = rest == null;
    this.finished = whole && read.length == 0;
  }

  @Override
  public int read() throws IOException {
    int next = bytes.read();
    finished = next < 0 || isUsedUp();
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = bytes.read(into, offset, length);
    finished = count < 0 || isUsedUp();
    return count;
  }

  private boolean isUsedUp() throws IOException {
    return whole && bytes.available() == 0;
  }

  @Override
  public int available() throws IOException {
    return bytes.available();
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    if (!whole) {
      throw new IllegalStateException(
          "a body beyond the limit cannot be read without blocking; read it, or raise maxBytes");
    }
    try {
      if (!isFinished()) {
        listener.onDataAvailable();
      }
      if (isFinished()) {
        listener.onAllDataRead();
      }
    } catch (IOException e) {
      listener.onError(e);
    }
  }
}
