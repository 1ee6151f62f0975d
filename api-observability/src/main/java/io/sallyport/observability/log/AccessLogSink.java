package io.sallyport.observability.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where access log entries go.
 *
 * <p>Implementations must be safe for concurrent use and should not block: they run on the thread
 * that answers the request. What they throw is logged and harms no request.
 */
@FunctionalInterface
public interface AccessLogSink {
  /** The name of the logger of {@link #slf4j()}. */
  String LOGGER = "sallyport.access";

  /** Takes one entry. */
  void write(AccessLogEntry entry);

  /**
   * Writes each entry as one line of JSON, at level INFO, to the logger {@link #LOGGER}. Give that
   * logger an appender which prints the message alone.
   */
  static AccessLogSink slf4j() {
    Logger logger = LoggerFactory.getLogger(LOGGER);
    return entry -> {
      if (logger.isInfoEnabled()) {
        logger.info(AccessLogJson.encode(entry));
      }
    };
  }
}
