package io.sallyport.examples.reference.openapi;

import io.sallyport.examples.reference.BillingServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 over TLS that sends what it is told, well-formed or not. Used by one thread. */
final class RawClient implements AutoCloseable {
  private final BillingServer server;
  private Socket socket;
  private InputStream in;

  RawClient(BillingServer server) {
    this.server = server;
  }

  record Response(int status, Map<String, String> headers, String body, long nanos) {}

  Response send(byte[] request) throws IOException {
    boolean reused = socket != null;
    try {
      return once(request);
    } catch (IOException e) {
      close();
      if (reused) {
        // The server had ended the connection after the answer before.
        return once(request);
      }
      throw e;
    }
  }

  private Response once(byte[] request) throws IOException {
    if (socket == null) {
      socket =
          server
              .trust()
              .getSocketFactory()
              .createSocket(server.address().getHost(), server.address().getPort());
      socket.setSoTimeout(30_000);
      in = new BufferedInputStream(socket.getInputStream());
    }
    long start = System.nanoTime();
    socket.getOutputStream().write(request);
    socket.getOutputStream().flush();
    String line = line();
    int status = Integer.parseInt(line.substring(9, 12));
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String field = line(); !field.isEmpty(); field = line()) {
      int colon = field.indexOf(':');
      headers.put(field.substring(0, colon), field.substring(colon + 1).strip());
    }
    byte[] body = body(status, headers);
    long nanos = System.nanoTime() - start;
    if ("close".equalsIgnoreCase(headers.get("Connection"))) {
      close();
    }
    return new Response(status, headers, new String(body, StandardCharsets.UTF_8), nanos);
  }

  private byte[] body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers.containsKey("Content-Length")) {
      return exactly(Integer.parseInt(headers.get("Content-Length")));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT).equals("chunked")) {
      for (int size = chunk(); size > 0; size = chunk()) {
        body.write(exactly(size));
        line();
      }
      line();
    } else {
      in.transferTo(body);
      close();
    }
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
