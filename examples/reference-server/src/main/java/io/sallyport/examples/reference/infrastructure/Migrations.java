package io.sallyport.examples.reference.infrastructure;

import io.sallyport.examples.reference.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date as the admin role, and lets the service's role use it. */
final class Migrations {
  static final String SCHEMA = "billing";

  private Migrations() {}

  static void run(DatabaseConfig config, boolean withDevelopmentData) throws SQLException {
    List<String> locations = new ArrayList<>(List.of("classpath:db/migration"));
    if (withDevelopmentData) {
      locations.add("classpath:db/development");
    }
    Flyway.configure()
        .dataSource(config.url(), config.admin().user(), config.admin().password().reveal())
        .locations(locations.toArray(String[]::new))
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .cleanDisabled(true)
        .load()
        .migrate();
    admitService(config);
  }

  private static void admitService(DatabaseConfig config) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                config.url(), config.admin().user(), config.admin().password().reveal());
        PreparedStatement check =
            connection.prepareStatement(
                "SELECT format('GRANT sallyport_app TO %I', rolname),"
                    + " pg_has_role(oid, 'sallyport_app', 'MEMBER'),"
                    + " rolsuper OR rolbypassrls"
                    + " FROM pg_roles WHERE rolname = ?")) {
      check.setString(1, config.app().user());
      try (ResultSet role = check.executeQuery()) {
        if (!role.next()) {
          throw new IllegalStateException(
              "database.user names no role; create it: CREATE ROLE ... LOGIN PASSWORD '...'");
        }
        if (role.getBoolean(3)) {
          throw new IllegalStateException(
              "database.user must not be a superuser or have BYPASSRLS, which see every tenant's"
                  + " rows; create a plain role for the service");
        }
        if (!role.getBoolean(2)) {
          grant(connection, role.getString(1));
        }
      }
    }
  }

  private static void grant(Connection connection, String grant) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A role's name cannot be a parameter; PostgreSQL itself has quoted it.
      statement.execute(grant);
    }
  }
}
