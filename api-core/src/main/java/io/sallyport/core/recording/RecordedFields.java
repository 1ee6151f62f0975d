package io.sallyport.core.recording;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The header fields that a handler set, told apart from those that were there before it: those of
 * the guards belong to one request, and a replay has its own.
 */
final class RecordedFields {
  // Of the connection, or of the message as it was sent once; the container sets them anew.
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "date",
          "keep-alive",
          "proxy-connection",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private RecordedFields() {}

  /** The fields of {@code now} that {@code before} lacks, or has with other values. */
  static Map<String, List<String>> added(
      Map<String, List<String>> before, Map<String, List<String>> now) {
    Map<String, List<String>> added = new LinkedHashMap<>();
    now.forEach(
        (name, values) -> {
          List<String> earlier = before.getOrDefault(name, List.of());
          if (!OF_THE_CONNECTION.contains(name) && !values.equals(earlier)) {
            added.put(name, isMore(values, earlier) ? rest(values, earlier) : values);
          }
        });
    return added;
  }

  /** All values of all fields that {@code source} has, by lower-case name. */
  static Map<String, List<String>> of(
      Collection<String> names, java.util.function.Function<String, Collection<String>> source) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String name : names) {
      fields.put(name.toLowerCase(Locale.ROOT), List.copyOf(source.apply(name)));
    }
    return fields;
  }

  private static boolean isMore(List<String> values, List<String> earlier) {
    return values.size() > earlier.size() && values.subList(0, earlier.size()).equals(earlier);
  }

  private static List<String> rest(List<String> values, List<String> earlier) {
    return values.subList(earlier.size(), values.size());
  }
}
