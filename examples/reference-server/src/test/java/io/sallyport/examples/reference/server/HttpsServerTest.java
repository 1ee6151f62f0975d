package io.sallyport.examples.reference.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.problem.HeaderField;
import io.sallyport.examples.reference.config.ServerConfig;
import io.sallyport.examples.reference.dev.DevelopmentCertificate;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpsServerTest {
  private static final ServerConfig.Listener ANY_PORT = new ServerConfig.Listener("127.0.0.1", 0);
  private static final List<HeaderField> HEADERS =
      List.of(new HeaderField("X-Content-Type-Options", "nosniff"));
  private static final Filter OK =
      (request, response, chain) -> response.getOutputStream().print("ok");

  private static DevelopmentCertificate certificate;
  private static SSLContext trusting;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    certificate = DevelopmentCertificate.create(new SecureRandom());
    trusting = Trust.in(certificate.tls());
    server = HttpsServer.start(ANY_PORT, certificate.tls(), false, OK, HEADERS);
  }

  @AfterAll
  static void stop() throws Exception {
    server.drain();
    certificate.close();
  }

  @Test
  void speaksHttp2AndHttp1() throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpResponse<String> response =
          client(version).send(get(server, "/"), BodyHandlers.ofString());

      assertThat(response.version()).isEqualTo(version);
      assertThat(response.body()).isEqualTo("ok");
    }
  }

  @Test
  void doesNotSayWhatItIs() throws Exception {
    HttpResponse<String> response =
        client(HttpClient.Version.HTTP_1_1).send(get(server, "/"), BodyHandlers.ofString());

    assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
  }

  @Test
  void aBrokenRequestIsAProblemWithTheSameHeaders() throws Exception {
    for (String request :
        new String[] {
          "GARBAGE\r\n\r\n",
          "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n",
          "GET /%2e%2e/etc HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"
        }) {
      String response = exchange(request);
      String which = request.substring(0, Math.min(40, request.length())).strip();

      assertThat(response).as(which).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
      assertThat(response).as(which).containsIgnoringCase("content-type: application/problem+json");
      assertThat(response).as(which).containsIgnoringCase("x-content-type-options: nosniff");
      assertThat(response).as(which).containsIgnoringCase("cache-control: no-store");
      assertThat(response).as(which).contains("\"errorId\":").doesNotContain("jetty");
    }
  }

  @Test
  void oldVersionsOfTlsAreRefused() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});

      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void everyCipherSuiteHasForwardSecrecyAndAuthenticatedEncryption() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});

      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void drainingFinishesTheRequestUnderWay() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    HttpsServer draining =
        HttpsServer.start(
            ANY_PORT,
            certificate.tls(),
            false,
            (request, response, chain) -> {
              arrived.countDown();
              await(finish);
              ((HttpServletResponse) response).setStatus(204);
            },
            HEADERS);
    CompletableFuture<HttpResponse<String>> underWay =
        // Not over HTTP/2: the JDK's client gives up its streams when it is told to go away.
        client(HttpClient.Version.HTTP_1_1).sendAsync(get(draining, "/"), BodyHandlers.ofString());
    await(arrived);
    URI address = draining.address();

    CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> drain(draining));
    awaitRefusal(address);
    assertThat(drained).isNotDone();
    finish.countDown();

    assertThat(underWay.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    assertThat(drained).succeedsWithin(30, TimeUnit.SECONDS);
  }

  private static void awaitRefusal(URI address) {
    org.awaitility.Awaitility.await()
        .until(
            () -> {
              try (java.net.Socket socket =
                  new java.net.Socket(address.getHost(), address.getPort())) {
                return !socket.isConnected();
              } catch (IOException e) {
                return true;
              }
            });
  }

  private static void drain(HttpsServer server) {
    try {
      server.drain();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest get(HttpsServer server, String path) {
    return HttpRequest.newBuilder(server.address().resolve(path)).build();
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).sslContext(trusting).build();
  }

  private static SSLSocket connect() throws IOException {
    URI address = server.address();
    SSLSocket socket =
        (SSLSocket) trusting.getSocketFactory().createSocket(address.getHost(), address.getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static String exchange(String request) throws IOException {
    try (SSLSocket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
