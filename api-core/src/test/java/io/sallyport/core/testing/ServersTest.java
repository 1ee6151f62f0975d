package io.sallyport.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ServersTest {
  @Test
  void aPostgresServerKeepsItsDatabasesOverAStop() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      PostgresServer.Database database = server.newDatabase();
      database.execute("CREATE TABLE t AS SELECT 42 AS answer");

      server.stop();
      server.startAgain();

      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT answer FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
    }
  }

  @Test
  void aRedisServerKeepsItsKeysOverAStop() {
    try (RedisServer server = RedisServer.start();
        RedisClient client = RedisClient.create(server.url());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().set("answer", "42");

      server.stop();
      server.startAgain();

      assertThat(connection.sync().get("answer")).isEqualTo("42");
    }
  }
}
