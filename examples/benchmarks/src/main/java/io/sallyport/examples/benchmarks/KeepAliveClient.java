package io.sallyport.examples.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends one prepared request over and over on one connection. It allocates nothing and reads an
 * answer in a few passes over one buffer, so that what a benchmark measures is the server.
 */
final class KeepAliveClient implements AutoCloseable {
  private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] request;
  private final byte[] answer = new byte[64 * 1024];

  KeepAliveClient(int port, String request) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
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
    int read = 0;
    int header = -1;
    while (header < 0) {
      int from = Math.max(0, read - 3);
      read += read(read);
      header = endOfHeader(from, read);
    }
    int whole = header + contentLength(header);
    while (read < whole) {
      read += read(read);
    }
    return (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
  }

  private int read(int at) throws IOException {
    int count = in.read(answer, at, answer.length - at);
    if (count <= 0) {
      throw new EOFException("the server closed the connection, or the answer is too long");
    }
    return count;
  }

  private int endOfHeader(int from, int to) {
    for (int i = from; i + 3 < to; i++) {
      if (answer[i] == '\r' && answer[i + 2] == '\r' && answer[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private int contentLength(int header) {
    for (int i = 0; i < header; i++) {
      if (answer[i] == '\n' && isContentLength(i)) {
        return number(i + LENGTH.length);
      }
    }
    return 0;
  }

  private boolean isContentLength(int at) {
    for (int i = 1; i < LENGTH.length; i++) {
      if ((answer[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int number = 0;
    for (int i = from; answer[i] != '\r'; i++) {
      if (answer[i] != ' ') {
        number = number * 10 + answer[i] - '0';
      }
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
