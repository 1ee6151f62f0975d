package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.sallyport.observability.log.AccessLogEntry;
import io.sallyport.observability.log.AccessLogFilter;
import io.sallyport.observability.log.AccessLogSink;
import jakarta.servlet.http.HttpServlet;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NoSecretInTheLogTest {
  private static final String SECRET = "s3cr3tc4n4ry";

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger access = (Logger) LoggerFactory.getLogger(AccessLogSink.LOGGER);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.sallyport");
  private final ch.qos.logback.classic.Level accessLevel = access.getLevel();
  private final ch.qos.logback.classic.Level oursLevel = ours.getLevel();
  private final Recorder recorder = new Recorder();

  @BeforeEach
  void record() {
    access.setLevel(ch.qos.logback.classic.Level.INFO);
    ours.setLevel(ch.qos.logback.classic.Level.TRACE);
    recorder.setContext(root.getLoggerContext());
    recorder.start();
    root.addAppender(recorder);
  }

  @AfterEach
  void stop() {
    root.detachAppender(recorder);
    access.setLevel(accessLevel);
    ours.setLevel(oursLevel);
  }

  @Test
  void noTokenNoCookieNoPathAndNoQueryValueIsEverWritten() throws Exception {
    BlockingQueue<AccessLogEntry> entries = ObservedServer.entries();
    AccessLogSink slf4j = AccessLogSink.slf4j();
    AccessLogFilter filter =
        new AccessLogFilter(
            entry -> {
              slf4j.write(entry);
              entries.add(entry);
            },
            InstantSource.system());
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + SECRET,
            "Cookie",
            "session=" + SECRET,
            "X-Request-Id",
            SECRET,
            "X-Api-Key",
            SECRET);
    List<String> paths =
        List.of(
            "/v1/items/" + SECRET + "?access_token=" + SECRET,
            "/v1/items/" + SECRET + ";a=" + SECRET,
            "/" + SECRET + "?q=" + SECRET,
            "/v1/broken?password=" + SECRET,
            "/v1/send-error?password=" + SECRET,
            "/v1/async-timeout?password=" + SECRET,
            "/v1/async-dispatch?password=" + SECRET);
    try (ObservedServer server =
        new ObservedServer(entries, SampleApi.chain(filter), new HttpServlet() {})) {
      for (String path : paths) {
        for (String method :
            List.of("GET", "POST", "HEAD", SECRET.toUpperCase(java.util.Locale.ROOT))) {
          server.send(method, path, headers);
          server.entry();
        }
      }
    }

    assertThat(recorder.lines.stream().filter(line -> line.contains("\"durationNanos\"")))
        .hasSize(paths.size() * 4);
    assertThat(recorder.lines)
        .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains(SECRET));
  }

  /** Keeps everything that an appender could print of an event. */
  private static final class Recorder extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(event.getFormattedMessage() + event.getMDCPropertyMap() + thrown);
    }
  }
}
