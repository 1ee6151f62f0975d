package io.sallyport.core.input;

import io.sallyport.core.body.ValidationFilter;
import io.sallyport.core.endpoint.Declaration;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Handler;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Endpoints behind a validation guard on a Jetty on loopback, and a client that sends bytes. */
final class Service implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private Service(Endpoints endpoints, Function<Endpoints, ApiFilter> guard) {
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(2_000);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ApiFilterChain chain =
        ApiFilterChain.of(endpoints).with(guard.apply(endpoints)).withoutAccessControl().build();
    context.addFilter(
        new FilterHolder(chain),
        "/*",
        java.util.EnumSet.allOf(jakarta.servlet.DispatcherType.class));
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not start", e);
    }
  }

  static Service of(Declaration... declarations) {
    return new Service(Endpoints.of(declarations), ValidationFilter::new);
  }

  static Service inShadow(Declaration... declarations) {
    return new Service(
        Endpoints.of(declarations), endpoints -> new ValidationFilter(endpoints).inShadow());
  }

  /** A handler that answers with what {@code text} makes of the request. */
  static Handler answer(Answer text) {
    return Handler.handledBy(
        (request, response) -> {
          String answer = text.of(request);
          response.setStatus(HttpServletResponse.SC_OK);
          response.setContentType("text/plain");
          response.setCharacterEncoding("UTF-8");
          response.setHeader(
              "Verdicts",
              String.join(
                  ",",
                  Exchange.of(request).trail().stream()
                      .map(v -> v.guard() + "=" + v.outcome())
                      .toList()));
          response.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        });
  }

  Reply get(String target, String... headers) {
    return send(head("GET", target, headers), new byte[0]);
  }

  Reply post(String target, String body) {
    return post(target, body.getBytes(StandardCharsets.UTF_8));
  }

  Reply post(String target, byte[] body) {
    return post(target, "application/json", body);
  }

  Reply post(String target, String contentType, byte[] body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type: " + contentType;
    all[headers.length + 1] = "Content-Length: " + body.length;
    return send(head("POST", target, all), body);
  }

  Reply postChunked(String target, byte[] body) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    int size = 8192;
    for (int at = 0; at < body.length; at += size) {
      int length = Math.min(size, body.length - at);
      chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunks.write(body, at, length);
      chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return send(
        head("POST", target, "Content-Type: application/json", "Transfer-Encoding: chunked"),
        chunks.toByteArray());
  }

  static String head(String method, String target, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /** Sends what is given and reads the answer to its end. */
  Reply send(String head, byte[] body) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
      } catch (SocketException e) {
        // Refused before all was sent: the answer is there to be read.
      }
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      try {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          answer.write(buffer, 0, n);
        }
      } catch (SocketException e) {
        // Reset by a server that does not read on; what arrived is the answer.
      }
    } catch (IOException e) {
      throw new IllegalStateException("no answer", e);
    }
    return Reply.of(answer.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }

  /** What a handler answers. */
  interface Answer {
    String of(jakarta.servlet.http.HttpServletRequest request) throws IOException;
  }

  /** An answer, taken apart. */
  record Reply(int status, String head, String body) {
    static Reply of(String text) {
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new IllegalStateException("no answer but \"" + text + "\"");
      }
      String head = text.substring(0, end);
      return new Reply(Integer.parseInt(head.substring(9, 12)), head, text.substring(end + 4));
    }

    JsonNode json() {
      return JSON.readTree(body);
    }

    String code() {
      return json().path("code").asString();
    }

    /** The violations as {@code pointer code}, in their order. */
    List<String> violations() {
      return StreamSupport.stream(json().path("violations").spliterator(), false)
          .map(
              v ->
                  (v.has("pointer") ? v.get("pointer") : v.get("parameter")).asString()
                      + " "
                      + v.get("code").asString())
          .toList();
    }
  }
}
