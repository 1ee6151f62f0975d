package io.sallyport.core.testing.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.sallyport.core.cache.InvalidationBus;
import io.sallyport.core.cache.ObjectCache;
import io.sallyport.core.cache.PostgresInvalidationBus;
import io.sallyport.core.cache.RedisInvalidationBus;
import io.sallyport.core.testing.PostgresServer.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A node with a cache in a process of its own. It takes one command a line and answers each with
 * one: {@code get KEY} with how often it had loaded anything, {@code write KEY}, and {@code await
 * KEY} with whether it heard that somebody wrote it.
 */
final class CacheProcess {
  private final AtomicInteger loads = new AtomicInteger();
  private final ObjectCache<String, Integer> cache;
  private final HeardMessages ear = new HeardMessages();

  private CacheProcess(InvalidationBus bus) {
    this.cache =
        ObjectCache.<String, Integer>named("numbers", Duration.ofHours(1), 100).bus(bus).build();
    bus.subscribe("numbers", ear);
  }

  /** Takes {@code redis} and its address, or {@code postgres} and its port and database. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("redis")) {
      try (RedisClient client = RedisClient.create(args[1]);
          RedisInvalidationBus bus = new RedisInvalidationBus(client, "caches")) {
        new CacheProcess(bus).run();
      }
    } else {
      Database database = new Database(Integer.parseInt(args[1]), args[2]);
      try (PostgresInvalidationBus bus =
          new PostgresInvalidationBus(database.dataSource(), "caches")) {
        new CacheProcess(bus).run();
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] words = line.split(" ", 2);
      System.out.println("> " + answer(words[0], words[1]));
    }
  }

  private String answer(String command, String key) throws InterruptedException {
    return switch (command) {
      case "get" ->
          cache.get(key, any -> Optional.of(loads.incrementAndGet())).orElseThrow().toString();
      case "write" -> {
        cache.invalidate(key);
        yield "written";
      }
      case "await" -> Boolean.toString(ear.await("key " + key));
      default -> throw new IllegalArgumentException(command);
    };
  }
}
