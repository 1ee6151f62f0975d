package io.sallyport.core.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real Redis on a free loopback port, without password, that writes every change to its file
 * before it answers. Tests share {@link #shared one} under keys of their own; a test that stops its
 * server, or changes its settings, takes {@link #start one of its own}.
 */
public final class RedisServer implements AutoCloseable {
  private final Path directory;
  private final int port;
  private redis.embedded.RedisServer process;

  private RedisServer() {
    try {
      directory = Files.createTempDirectory("sallyport-redis");
      port = freePort();
      process = started();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server that the tests of this process share; it ends with the process. */
  public static RedisServer shared() {
    return Shared.SERVER;
  }

  /** A server that nobody else uses. */
  public static RedisServer start() {
    return new RedisServer();
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** Its address. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /**
   * Lets {@code duration} pass for every key that has a time to live, by moving its expiry; the
   * clock of Redis cannot be set.
   */
  public void elapse(Duration duration) {
    String script =
        """
        for _, key in ipairs(redis.call('KEYS', '*')) do
          local left = redis.call('PTTL', key)
          if left >= 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
        end
        """;
    try (RedisClient client = RedisClient.create(url());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      connection
          .sync()
          .eval(script, ScriptOutputType.STATUS, new String[0], Long.toString(duration.toMillis()));
    }
  }

  /** Stops the server, so that connections to its port are refused. */
  public void stop() {
    process.stop();
  }

  /** Starts a stopped server again, on its port and with what it held. */
  public void startAgain() {
    process = started();
  }

  /** Stops the server and deletes its files. */
  @Override
  public void close() {
    stop();
    TemporaryFiles.delete(directory);
  }

  private redis.embedded.RedisServer started() {
    redis.embedded.RedisServer server =
        redis.embedded.RedisServer.builder()
            .port(port)
            .bind("127.0.0.1")
            .setting("dir " + directory)
            .setting("save \"\"")
            .setting("appendonly yes")
            .setting("appendfsync always")
            .build();
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Shared {
    static final RedisServer SERVER = new RedisServer();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }
}
