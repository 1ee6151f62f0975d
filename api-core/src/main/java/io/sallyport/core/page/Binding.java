package io.sallyport.core.page;

import io.sallyport.core.caller.Caller;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a cursor is valid, in bytes: endpoint, path variables, sort, filter, caller. Two places
 * have the same bytes only if they are the same: every text stands behind its length, every list
 * behind its size.
 */
final class Binding {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final DataOutputStream out = new DataOutputStream(bytes);

  private Binding() {}

  /**
   * The bytes of a place.
   *
   * @param endpoint the id of the endpoint
   * @param path the values of the path variables, in order
   * @param sort the sort, each column with direction and nulls
   * @param query the decoded query
   * @param unbound the names in the query that do not matter
   * @param caller who asks; empty for an anonymous caller
   * @param attributes the names of the caller's attributes that matter, such as the tenant
   */
  static byte[] of(
      String endpoint,
      List<String> path,
      Sort sort,
      Map<String, List<String>> query,
      Set<String> unbound,
      Optional<Caller> caller,
      List<String> attributes) {
    Binding binding = new Binding();
    try {
      binding.text(endpoint);
      binding.texts(path);
      binding.sort(sort);
      binding.filter(query, unbound);
      binding.caller(caller, attributes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return binding.bytes.toByteArray();
  }

  private void sort(Sort sort) throws IOException {
    out.writeInt(sort.columns().size());
    for (SortColumn column : sort.columns()) {
      text(column.name());
      out.writeBoolean(column.descending());
      text(column.nulls().name());
    }
  }

  private void filter(Map<String, List<String>> query, Set<String> unbound) throws IOException {
    // In the order of the names: a client may reorder its parameters and still mean the same.
    Map<String, List<String>> filter = new TreeMap<>(query);
    filter.keySet().removeAll(unbound);
    out.writeInt(filter.size());
    for (Map.Entry<String, List<String>> entry : filter.entrySet()) {
      text(entry.getKey());
      texts(entry.getValue());
    }
  }

  private void caller(Optional<Caller> caller, List<String> attributes) throws IOException {
    out.writeBoolean(caller.isPresent());
    if (caller.isPresent()) {
      text(caller.get().key());
      for (String name : attributes) {
        Object value = caller.get().attributes().get(name);
        text(value == null ? "" : value.getClass().getName());
        text(value == null ? "" : value.toString());
      }
    }
  }

  private void texts(List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text);
    }
  }

  // As characters and not as UTF-8, which would make one of two texts with broken surrogates.
  private void text(String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }
}
