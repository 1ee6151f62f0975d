package io.sallyport.core.body;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A stream that fails with 413 where it goes on beyond a limit. */
final class LimitedStreamWrapper extends ServletInputStream {
  private final ServletInputStream stream;
  private long left;

  LimitedStreamWrapper(ServletInputStream stream, long limit) {
    this.stream = stream;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int next = stream.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = stream.read(into, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  private void count(int read) {
    left -= read;
    if (left < 0) {
      throw new ProblemException(Problem.of(ProblemType.CONTENT_TOO_LARGE));
    }
  }

  @Override
  public int available() throws IOException {
    return stream.available();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  @Override
  public boolean isFinished() {
    return stream.isFinished();
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    stream.setReadListener(listener);
  }
}
