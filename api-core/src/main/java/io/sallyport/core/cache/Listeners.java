package io.sallyport.core.cache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who listens, by cache; and the form of a message between nodes. */
final class Listeners {
  private static final char SEPARATOR = '\n';
  private static final String EVERYTHING = "";

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

  /** The message for {@code scope}; for all scopes where that one is too long to be sent. */
  static String encode(String cache, String scope) {
    String message = cache + SEPARATOR + scope;
    return message.length() > InvalidationBus.MAX_LENGTH ? cache + SEPARATOR + EVERYTHING : message;
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
