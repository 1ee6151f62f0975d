package io.sallyport.security.testing;

import io.sallyport.core.filter.ApiFilterChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty on loopback in front of whose handlers a chain of guards stands. */
final class SecuredServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector;
  private final HttpClient client = HttpClient.newHttpClient();

  private SecuredServer(ApiFilterChain chain, boolean secure) {
    HttpConfiguration configuration = new HttpConfiguration();
    // Larger than our own bound, so that ours is the one that is tested.
    configuration.setRequestHeaderSize(64 * 1024);
    if (secure) {
      configuration.addCustomizer(SecuredServer::asIfOverTls);
    }
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServletContainerInitializer((classes, servlets) -> chain.addTo(servlets));
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      throw new AssertionError("Jetty did not start", e);
    }
  }

  static SecuredServer of(ApiFilterChain chain) {
    return new SecuredServer(chain, false);
  }

  /** A server whose requests count as secure, as they do behind TLS. */
  static SecuredServer secure(ApiFilterChain chain) {
    return new SecuredServer(chain, true);
  }

  private static Request asIfOverTls(Request request, HttpFields.Mutable headers) {
    return new Request.Wrapper(request) {
      @Override
      public boolean isSecure() {
        return true;
      }
    };
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  HttpResponse<String> withToken(String token, String path) {
    return get(path, "Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends {@code lines} as they are and answers the status line. */
  String raw(String... lines) {
    String text = String.join("\r\n", lines) + "\r\nHost: test\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      InputStream answer = socket.getInputStream();
      String all = new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
      return all.substring(0, Math.max(0, all.indexOf('\r')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError("Jetty did not stop", e);
    }
  }
}
