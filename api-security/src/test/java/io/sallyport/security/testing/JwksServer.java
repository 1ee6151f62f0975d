package io.sallyport.security.testing;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's key endpoint on loopback that counts how often it is asked. */
final class JwksServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger fetches = new AtomicInteger();
  private final Semaphore answered = new Semaphore(0);
  private final AtomicInteger strays = new AtomicInteger();
  private volatile int status = 200;
  private volatile byte[] body = new byte[0];
  private volatile boolean chunked;

  JwksServer(JWKSet keys) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serve(keys);
    server.setExecutor(threads);
    server.createContext("/keys", this::answer);
    server.createContext("/", this::stray);
    server.start();
  }

  URI url() {
    return at("/keys");
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  void serve(JWKSet keys) {
    serve(keys.toString());
  }

  void serve(String text) {
    status = 200;
    body = text.getBytes(StandardCharsets.UTF_8);
  }

  void fail(int withStatus) {
    status = withStatus;
  }

  void withoutContentLength() {
    chunked = true;
  }

  int fetches() {
    return fetches.get();
  }

  /** Waits for a fetch that nobody has waited for yet. */
  void awaitFetch() {
    try {
      if (!answered.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new AssertionError("no key set was fetched");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** How often anything but the key set was asked for. */
  int strays() {
    return strays.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    answered.release();
    if (status / 100 == 3) {
      exchange.getResponseHeaders().set("Location", at("/elsewhere").toString());
    }
    byte[] bytes = body;
    exchange.sendResponseHeaders(status, chunked ? 0 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private void stray(HttpExchange exchange) throws IOException {
    strays.incrementAndGet();
    byte[] bytes = body;
    exchange.sendResponseHeaders(200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
