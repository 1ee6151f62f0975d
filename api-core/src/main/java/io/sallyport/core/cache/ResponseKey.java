package io.sallyport.core.cache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an answer depends on. Two requests with one key get one answer, so everything that a handler
 * may look at is in it, or the request is not answered from the cache.
 *
 * @param endpoint the id of the endpoint
 * @param method the method
 * @param authority scheme and authority: an answer may hold links that are made of them
 * @param path the path, not decoded
 * @param query the query in canonical order, not decoded
 * @param vary the values of the declared header fields
 * @param caller who asks, with tenant and roles; empty where answers are shared
 */
record ResponseKey(
    String endpoint,
    String method,
    String authority,
    String path,
    String query,
    List<String> vary,
    String caller) {

  ResponseKey {
    vary = List.copyOf(vary);
  }

  ResponseKey withMethod(String other) {
    return new ResponseKey(endpoint, other, authority, path, query, vary, caller);
  }

  int length() {
    int length = endpoint.length() + authority.length() + path.length() + query.length();
    for (String value : vary) {
      length += value.length();
    }
    return length + caller.length();
  }

  /**
   * {@code raw} with its pairs ordered by name, those of one name as they were. One with escapes
   * stays as it is: two spellings of a name would be ordered as if they were two names.
   */
  static String canonical(String raw) {
    if (raw.indexOf('&') < 0 || raw.indexOf('%') >= 0 || raw.indexOf('+') >= 0) {
      return raw;
    }
    List<String> pairs = new ArrayList<>(List.of(raw.split("&", -1)));
    pairs.sort(Comparator.comparing(pair -> pair.split("=", 2)[0]));
    return String.join("&", pairs);
  }
}
