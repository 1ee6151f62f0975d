package io.sallyport.ratelimit.readme;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {
  private static final Path TESTS =
      Path.of("src", "test", "java", "io", "sallyport", "ratelimit", "readme");

  @Test
  void theReadmeShowsTheClassThatIsTestedHere() throws IOException {
    String source = Files.readString(TESTS.resolve("Guards.java"));
    String shown = source.substring(source.indexOf("@WebListener")).strip();

    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains("```java\n" + shown + "\n```");
  }

  @Test
  void anExistingApplicationKeepsWorkingAndIsLimited() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addEventListener(new Guards());
    context.addServlet(Existing.class, "/hello");
    server.setHandler(context);
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/hello");
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest request = HttpRequest.newBuilder(uri).build();

      HttpResponse<String> first = client.send(request, HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> last = first;
      for (int i = 0; i < 1_000 && last.statusCode() == 200; i++) {
        last = client.send(request, HttpResponse.BodyHandlers.ofString());
      }

      assertThat(first.body()).isEqualTo("hello");
      assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"address\";q=100;w=60");
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValue("Retry-After")).isPresent();
      assertThat(last.body()).contains("\"code\":\"rate-limited\"");
    } finally {
      server.stop();
    }
  }

  /** What was there before. */
  public static final class Existing extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("hello");
    }
  }
}
