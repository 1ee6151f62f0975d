package io.sallyport.core.store;

import io.sallyport.core.endpoint.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a database that is to hold a store. */
final class PostgresFaults {
  private static final String WHERE = "store in PostgreSQL";
  private static final String TABLE = "table sallyport_store";

  private static final String CHECK =
      """
      SELECT pg_is_in_recovery(), current_setting('synchronous_commit'),
        current_setting('default_transaction_isolation'), class.relpersistence,
        has_table_privilege(class.oid, 'SELECT') AND has_table_privilege(class.oid, 'INSERT')
          AND has_table_privilege(class.oid, 'UPDATE') AND has_table_privilege(class.oid, 'DELETE')
      FROM (SELECT to_regclass('sallyport_store') AS oid) found
      LEFT JOIN pg_catalog.pg_class class ON class.oid = found.oid
      """;

  private PostgresFaults() {}

  static List<Fault> of(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHECK);
        ResultSet row = statement.executeQuery()) {
      row.next();
      List<Fault> faults = new ArrayList<>();
      if (row.getBoolean(1)) {
        faults.add(
            new Fault(
                WHERE,
                "server",
                "in recovery",
                "must be the primary",
                "give the store a data source that leads to the primary"));
      }
      if ("off".equals(row.getString(2))) {
        faults.add(
            new Fault(
                WHERE,
                "synchronous_commit",
                "off",
                "must not forget what it has acknowledged",
                "ALTER ROLE ... SET synchronous_commit = on for the role of the data source"));
      }
      if (!"read committed".equals(row.getString(3))) {
        faults.add(
            new Fault(
                WHERE,
                "default_transaction_isolation",
                row.getString(3),
                "must be read committed, or every conflict is an outage",
                "give the store a data source of its own"));
      }
      checkTable(row.getString(4), row.getBoolean(5), faults);
      return faults;
    }
  }

  static Fault unreachable(@Nullable Throwable cause) {
    return new Fault(
        WHERE,
        "database",
        cause instanceof SQLException sql ? "SQLSTATE " + sql.getSQLState() : "",
        "must answer",
        "start the database, or mend the data source");
  }

  private static void checkTable(
      @Nullable String persistence, boolean granted, List<Fault> faults) {
    if (persistence == null) {
      faults.add(
          new Fault(
              WHERE,
              TABLE,
              "",
              "must exist in the search path",
              "run JdbcExpiringStore.DDL in a migration"));
      return;
    }
    if (!persistence.equals("p")) {
      faults.add(
          new Fault(
              WHERE,
              TABLE,
              persistence.equals("u") ? "UNLOGGED" : "TEMPORARY",
              "must survive a crash",
              "ALTER TABLE sallyport_store SET LOGGED, or create it anew"));
    }
    if (!granted) {
      faults.add(
          new Fault(
              WHERE,
              TABLE,
              "",
              "must be readable and writable",
              "GRANT SELECT, INSERT, UPDATE, DELETE ON sallyport_store to the application's role"));
    }
  }
}
