package io.sallyport.security.token;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of query parameters, decoded and in lower case, so that no spelling of a name hides it.
 *
 * <p>Not by {@code getParameter}: that would read the body of a form, and it is the handler's.
 */
final class QueryParameters {
  private QueryParameters() {}

  static Set<String> names(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (String parameter : query.split("[&;]", -1)) {
      int equals = parameter.indexOf('=');
      names.add(decoded(equals < 0 ? parameter : parameter.substring(0, equals)));
    }
    return names;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8).trim().toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      // No container would find a parameter under it.
      return name;
    }
  }
}
