package io.sallyport.observability.testing;

import io.sallyport.observability.log.AccessLogEntry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty on loopback behind one filter, and the entries that the filter wrote. */
final class ObservedServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<AccessLogEntry> entries;

  ObservedServer(BlockingQueue<AccessLogEntry> entries, Filter filter, Servlet servlet)
      throws Exception {
    this.entries = entries;
    HttpConfiguration http = new HttpConfiguration();
    // What Jetty would refuse by itself never comes to a filter.
    http.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    ServletHolder target = new ServletHolder(servlet);
    target.setAsyncSupported(true);
    context.addServlet(target, "/*");
    server.setHandler(context);
    server.start();
  }

  static BlockingQueue<AccessLogEntry> entries() {
    return new LinkedBlockingQueue<>();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, Map.of());
  }

  HttpResponse<String> send(String method, String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a request, reads a little of the answer and breaks the connection. */
  void getAndVanish(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      // Closes with a reset, as a client that has crashed does.
      socket.setSoLinger(true, 0);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      int first = socket.getInputStream().read();
      if (first < 0) {
        throw new IOException("the server closed the connection first");
      }
    }
  }

  /** The next entry; the client may have the answer before it is written. */
  AccessLogEntry entry() throws InterruptedException {
    AccessLogEntry entry = entries.poll(10, TimeUnit.SECONDS);
    if (entry == null) {
      throw new AssertionError("no access log entry was written");
    }
    return entry;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop", e);
    }
  }
}
