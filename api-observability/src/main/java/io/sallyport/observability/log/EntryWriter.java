package io.sallyport.observability.log;

import io.sallyport.core.exchange.Exchange;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands entries to the sink, and lets no failure of it out. Safe for concurrent use. */
final class EntryWriter {
  private static final Logger LOG = LoggerFactory.getLogger(EntryWriter.class);

  private final AccessLogSink sink;
  private final AtomicLong failures = new AtomicLong();

  EntryWriter(AccessLogSink sink) {
    this.sink = sink;
  }

  void write(Exchange exchange, Instant time, int status) {
    try {
      sink.write(AccessLogEntry.of(exchange, time, status));
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      failed(exchange, e);
    }
  }

  private void failed(Exchange exchange, Throwable thrown) {
    long count = failures.incrementAndGet();
    // At 1, 2, 4, 8: a sink that always fails must not fill the log that still works.
    if (Long.bitCount(count) == 1) {
      LOG.warn(
          "access log sink failed, {} times so far, exchange {}", count, exchange.id(), thrown);
    }
  }
}
