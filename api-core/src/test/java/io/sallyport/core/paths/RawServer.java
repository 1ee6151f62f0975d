package io.sallyport.core.paths;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.filter.Handler.handledBy;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty behind a raw socket; it remembers which handlers ran. */
final class RawServer {
  private final Server server = new Server();
  private final ServerConnector connector;
  private final List<String> reached = new CopyOnWriteArrayList<>();

  /** Lets everything through that it can, so that our own checks are what refuses. */
  static RawServer lenient(String contextPath) throws Exception {
    return new RawServer(contextPath, UriCompliance.UNSAFE);
  }

  static RawServer asShipped(String contextPath) throws Exception {
    return new RawServer(contextPath, UriCompliance.DEFAULT);
  }

  private RawServer(String contextPath, UriCompliance compliance) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(compliance);
    http.setHttpCompliance(HttpCompliance.RFC7230_LEGACY);
    http.setRequestHeaderSize(64 * 1024);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(contextPath);
    context.getServletHandler().setDecodeAmbiguousURIs(compliance == UriCompliance.UNSAFE);
    ApiFilterChain chain = ApiFilterChain.of(table()).withoutAccessControl().build();
    context.addServletContainerInitializer((classes, servlets) -> chain.addTo(servlets));
    server.setHandler(context);
    server.start();
  }

  private Endpoints table() {
    return Endpoints.of(
        get("/").id("root").with(handledBy((q, a) -> reach("root", q, a))),
        get("/v1/invoices").id("list").with(handledBy((q, a) -> reach("list", q, a))),
        get("/v1/invoices/{id}").id("read").with(handledBy((q, a) -> reach("read", q, a))),
        get("/v1/admin").id("admin").with(handledBy((q, a) -> reach("admin", q, a))),
        get("/v1/admin/users/{id}").id("user").with(handledBy((q, a) -> reach("user", q, a))),
        get("/public/info").id("info").with(handledBy((q, a) -> reach("info", q, a))));
  }

  private void reach(String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    reached.add(id);
    response.setContentType("text/plain");
    response.getWriter().print("reached " + id + " " + request.getServletPath());
  }

  /** The ids of the endpoints whose handlers ran. */
  List<String> reached() {
    return reached;
  }

  /** Sends a request line with {@code target} as it is, one byte a character, and reads it all. */
  String send(String target) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      String request =
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void close() throws Exception {
    server.stop();
  }
}
