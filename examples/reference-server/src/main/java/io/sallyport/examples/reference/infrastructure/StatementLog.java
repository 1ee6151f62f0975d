package io.sallyport.examples.reference.infrastructure;

import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the text of each statement at DEBUG, and never a value: those are personal data. */
final class StatementLog implements SqlLogger {
  private static final Logger LOG = LoggerFactory.getLogger(StatementLog.class);

  @Override
  public void logAfterExecution(StatementContext context) {
    LOG.debug("{}", context.getRawSql());
  }
}
