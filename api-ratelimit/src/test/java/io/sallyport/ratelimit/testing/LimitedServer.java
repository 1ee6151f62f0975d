package io.sallyport.ratelimit.testing;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.caller.ClientAddress;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty on loopback in front of whose handlers a chain of guards stands. */
final class LimitedServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();

  LimitedServer(ApiFilterChain chain) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServletContainerInitializer((classes, servlets) -> chain.addTo(servlets));
    server.setHandler(context);
    server.start();
  }

  HttpResponse<String> get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  HttpResponse<String> send(String method, String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> as(String caller, String path) throws IOException, InterruptedException {
    return get(path, Map.of("Test-Caller", caller));
  }

  HttpResponse<String> from(String address, String path) throws IOException, InterruptedException {
    return get(path, Map.of("Test-Address", address));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop", e);
    }
  }

  /** Stands in for the filter that establishes the client address behind a proxy. */
  static final class AddressFromHeader extends Guard {
    @Override
    public Stage stage() {
      return Stage.ROUTE;
    }

    @Override
    public String name() {
      return "test-address";
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      String address = request.getHeader("Test-Address");
      if (address != null) {
        exchange.clientAddress(ClientAddress.parse(address).orElseThrow());
      }
      return Decision.pass();
    }
  }

  /** Stands in for authentication. */
  static final class CallerFromHeader extends Guard {
    @Override
    public Stage stage() {
      return Stage.AUTHENTICATE;
    }

    @Override
    public String name() {
      return "test-caller";
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      String name = request.getHeader("Test-Caller");
      if (name != null) {
        exchange.authenticated(
            new Caller(name, "https://idp.example", Set.of(), Map.of()), request);
      }
      return Decision.pass();
    }
  }
}
