package io.sallyport.core.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisURI;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.store.RedisExpiringStore;
import io.sallyport.core.testing.PostgresServer.Database;
import io.sallyport.core.testing.Race;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A node in a process of its own. It says {@code ready}, waits for a line, races for {@link #KEYS}
 * keys, counts to {@link #COUNT} by compare-and-set, and says the numbers of the keys that it got.
 */
final class StoreProcess {
  static final int KEYS = 200;
  static final int COUNT = 200;

  private static final int THREADS = 4;
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private StoreProcess() {}

  /** Takes {@code redis} and its address, or {@code postgres} and its port and database. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("redis")) {
      RedisURI uri = RedisURI.create(args[1]);
      try (RedisExpiringStore store = RedisExpiringStore.at(uri).timeout(PATIENT).build()) {
        run(store);
      }
    } else {
      try (HikariDataSource pool =
          new Database(Integer.parseInt(args[1]), args[2]).pool(THREADS, PATIENT)) {
        run(new JdbcExpiringStore(pool, PATIENT));
      }
    }
  }

  private static void run(ExpiringStore store) throws IOException {
    store.get("connects");
    System.out.println("ready");
    new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    for (List<String> got : Race.of(THREADS, thread -> race(store, thread))) {
      got.forEach(System.out::println);
    }
  }

  private static List<String> race(ExpiringStore store, int thread) {
    byte[] me = Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8);
    List<String> got = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      if (store.putIfAbsent("race " + key, me, Duration.ofHours(1))) {
        got.add(Integer.toString(key));
      }
    }
    for (int n = thread; n < COUNT; n += THREADS) {
      ExpiringStoreContract.increment(store, "counter");
    }
    return got;
  }
}
