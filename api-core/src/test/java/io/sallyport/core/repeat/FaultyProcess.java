package io.sallyport.core.repeat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link FaultyService} in a process of its own, killed as soon as it has reached its point. */
final class FaultyProcess implements AutoCloseable {
  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private volatile boolean reached;

  private FaultyProcess(Process process) {
    this.process = process;
  }

  static FaultyProcess start(
      FaultyService.Point point, int skip, String jdbcUrl, String redisUrl, int offsetSeconds)
      throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                // The quiet one of our tests: without it every library logs each step.
                "-Dlogback.configurationFile="
                    + System.getProperty("logback.configurationFile", "logback.xml"),
                "-cp",
                classPath,
                FaultyService.class.getName(),
                point.name(),
                Integer.toString(skip),
                jdbcUrl,
                redisUrl,
                Integer.toString(offsetSeconds))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    FaultyProcess started = new FaultyProcess(process);
    Thread reader = new Thread(started::read, "faulty-process");
    reader.setDaemon(true);
    reader.start();
    return started;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("PORT ")) {
          port.complete(Integer.parseInt(line.substring(5)));
        } else if (line.startsWith("AT ")) {
          reached = true;
          // SIGKILL: no hook runs, no socket is shut down in order.
          process.destroyForcibly();
        }
      }
      port.completeExceptionally(new IOException("the process ended before it listened"));
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
  }

  int port() throws Exception {
    return port.get(60, TimeUnit.SECONDS);
  }

  /** Whether it was killed at its point. */
  boolean reached() {
    return reached;
  }

  boolean isAlive() {
    return process.isAlive() && !reached;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
