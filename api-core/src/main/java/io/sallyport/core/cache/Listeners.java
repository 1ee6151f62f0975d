package io.sallyport.core.cache;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who listens, by cache; and the form of a message between nodes. */
final class Listeners {
  private static final char SEPARATOR = '\n';

  /** Says that all of every cache may be out of date. */
  static final String EVERYTHING = "";

  private final Map<String, List<InvalidationBus.Listener>> byCache = new ConcurrentHashMap<>();

  void add(String cache, InvalidationBus.Listener listener) {
    if (cache.indexOf(SEPARATOR) >= 0 || cache.length() > 100) {
      throw new IllegalArgumentException("cache must be up to 100 characters without line feed");
    }
    byCache.computeIfAbsent(cache, any -> new CopyOnWriteArrayList<>()).add(listener);
  }

  void tell(String cache, String scope) {
    byCache.getOrDefault(cache, List.of()).forEach(one -> one.invalidated(scope));
  }

  void lost() {
    byCache.values().forEach(all -> all.forEach(InvalidationBus.Listener::lost));
  }

  /**
   * The message for {@code scope}; for all scopes where that one cannot be sent. At most 6,000
   * bytes in UTF-8: PostgreSQL takes 7,999.
   */
  static String encode(String cache, String scope) {
    String message = cache + SEPARATOR + scope;
    return isSendable(message) ? message : EVERYTHING;
  }

  // A replacement character would arrive as the name of another scope, and PostgreSQL has no NUL.
  private static boolean isSendable(String message) {
    return message.length() <= InvalidationBus.MAX_LENGTH
        && message.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(message);
  }

  /** Tells what {@code message} says; one that cannot be read says that all may be out of date. */
  void receive(String message) {
    int separator = message.indexOf(SEPARATOR);
    if (separator < 0 || separator == message.length() - 1) {
      lost();
    } else {
      tell(message.substring(0, separator), message.substring(separator + 1));
    }
  }
}
