package io.sallyport.core.idempotency;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a handler writes until it is known what becomes of it. What goes beyond the bound is
 * passed on from there, all of it and for good.
 */
final class CapturingStreamWrapper extends ServletOutputStream {
  private final ServletResponse response;
  private final int maxBytes;
  private final boolean mayPassOn;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable ServletOutputStream passedTo;
  private @Nullable WriteListener waiting;
  private boolean dispatchEnded;
  private boolean closed;
  private volatile boolean abandoned;

  CapturingStreamWrapper(ServletResponse response, int maxBytes, boolean mayPassOn) {
    this.response = response;
    this.maxBytes = maxBytes;
    this.mayPassOn = mayPassOn;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      return;
    }
    if (abandoned && (passedTo != null || (long) kept.size() + length > maxBytes)) {
      // The response behind is finished, and may serve another request already.
      throw new IOException("the request was answered without its handler");
    }
    if (passedTo == null && (long) kept.size() + length > maxBytes) {
      passOn();
    }
    if (passedTo == null) {
      kept.write(bytes, offset, length);
    } else {
      passedTo.write(bytes, offset, length);
    }
  }

  /** Nothing leaves before it is kept; after that nothing is held back. */
  @Override
  public void flush() throws IOException {
    if (passedTo != null) {
      passedTo.flush();
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void passOn() throws IOException {
    if (!mayPassOn) {
      throw new IllegalStateException(
          "an answer of more than "
              + maxBytes
              + " bytes; raise Idempotency.maxResponseBytes, or answer with less");
    }
    passedTo = response.getOutputStream();
    kept.writeTo(passedTo);
    kept.reset();
  }

  /** Sends what is kept. */
  void release() throws IOException {
    if (passedTo == null && kept.size() > 0) {
      passedTo = response.getOutputStream();
      kept.writeTo(passedTo);
    }
  }

  /** Forgets what is kept; whoever writes goes on. */
  void clear() {
    if (passedTo != null) {
      throw new IllegalStateException("the response is committed");
    }
    kept.reset();
  }

  /** Passes nothing on any more. */
  void abandon() {
    abandoned = true;
  }

  boolean isPassedOn() {
    return passedTo != null;
  }

  boolean isClosed() {
    return closed;
  }

  byte[] bytes() {
    return kept.toByteArray();
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /** Calls {@code listener} where a container would: once the handler has returned. */
  @Override
  public void setWriteListener(WriteListener listener) {
    synchronized (this) {
      if (waiting != null) {
        throw new IllegalStateException("a write listener is set once");
      }
      waiting = listener;
      if (!dispatchEnded) {
        return;
      }
    }
    write(listener);
  }

  /** The handler has returned, and left the request to another thread or to a listener. */
  void dispatchEnded() {
    WriteListener listener;
    synchronized (this) {
      if (dispatchEnded) {
        return;
      }
      dispatchEnded = true;
      listener = waiting;
    }
    if (listener != null) {
      write(listener);
    }
  }

  private static void write(WriteListener listener) {
    try {
      listener.onWritePossible();
    } catch (IOException | RuntimeException e) {
      listener.onError(e);
    }
  }
}
