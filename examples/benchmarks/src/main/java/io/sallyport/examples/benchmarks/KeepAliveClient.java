package io.sallyport.examples.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends one prepared request over and over on one connection. It allocates next to nothing, so that
 * what a benchmark measures is the server.
 */
final class KeepAliveClient implements AutoCloseable {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] request;
  private final byte[] line = new byte[8192];

  KeepAliveClient(int port, String request) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    this.out = socket.getOutputStream();
    this.request = request.getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends the request, reads the whole answer, and gives its status. */
  int exchange() throws IOException {
    return exchange(request);
  }

  /** Sends {@code bytes} in place of the request, reads the whole answer, and gives its status. */
  int exchange(byte[] bytes) throws IOException {
    out.write(bytes);
    int length = readLine();
    int status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    int body = 0;
    while ((length = readLine()) > 0) {
      if (isContentLength(length)) {
        body = number(length);
      }
    }
    in.skipNBytes(body);
    return status;
  }

  private int readLine() throws IOException {
    int length = 0;
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line[length++] = (byte) c;
      }
    }
    return length;
  }

  private boolean isContentLength(int length) {
    if (length <= LENGTH.length) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      if ((line[i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private int number(int length) {
    int number = 0;
    for (int i = LENGTH.length; i < length; i++) {
      if (line[i] != ' ') {
        number = number * 10 + line[i] - '0';
      }
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
