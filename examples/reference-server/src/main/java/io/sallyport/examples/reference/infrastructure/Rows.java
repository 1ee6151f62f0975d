package io.sallyport.examples.reference.infrastructure;

import io.sallyport.examples.reference.application.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** What the repositories' statements and rows have in common. */
final class Rows {
  /** Before every id. A condition that always holds keeps the statement, and its plan, the same. */
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private Rows() {}

  static UUID after(PageQuery query) {
    return query.after().orElse(BEFORE_ALL);
  }

  /** One more than wanted: see {@code Page.of}. */
  static int fetch(PageQuery query) {
    return query.limit() + 1;
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
