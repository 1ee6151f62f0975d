package io.sallyport.examples.reference.config;

import static java.util.Objects.requireNonNull;

/**
 * A PostgreSQL database and the two roles that log in to it.
 *
 * @param url in JDBC's form, without user and password
 * @param app reads and writes the rows of one tenant at a time
 * @param admin owns the schema and migrates it; used at start-up only
 */
public record DatabaseConfig(String url, Login app, Login admin, int poolSize) {
  public static final int DEFAULT_POOL_SIZE = 10;

  /** A role and its password. */
  public record Login(String user, Secret password) {
    public Login {
      requireNonNull(user, "user");
      requireNonNull(password, "password");
    }
  }

  public DatabaseConfig {
    requireNonNull(url, "url");
    requireNonNull(app, "app");
    requireNonNull(admin, "admin");
    if (poolSize < 1) {
      throw new IllegalArgumentException("poolSize must be at least 1, was " + poolSize);
    }
  }
}
