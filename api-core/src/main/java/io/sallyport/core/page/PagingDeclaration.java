package io.sallyport.core.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link Paging} was told, not yet resolved, so that the order of its calls does not matter.
 * Changed only while a copy is made.
 */
final class PagingDeclaration {
  final List<String> columns = new ArrayList<>();
  final Map<String, List<String>> allowed = new LinkedHashMap<>();
  final Set<String> unique = new LinkedHashSet<>(Set.of("id"));
  final Map<String, Nulls> nulls = new HashMap<>();
  final Set<String> unbound = new LinkedHashSet<>();
  private final Set<String> byName = new LinkedHashSet<>();
  int max = Paging.DEFAULT_MAX;
  int defaultSize = Paging.DEFAULT_SIZE;
  Duration lifetime = Duration.ofHours(1);

  PagingDeclaration copy() {
    PagingDeclaration copy = new PagingDeclaration();
    copy.columns.addAll(columns);
    copy.allowed.putAll(allowed);
    copy.unique.addAll(unique);
    copy.nulls.putAll(nulls);
    copy.unbound.addAll(unbound);
    copy.byName.addAll(byName);
    copy.max = max;
    copy.defaultSize = defaultSize;
    copy.lifetime = lifetime;
    return copy;
  }

  void allow(String name, List<String> by) {
    allowed.put(name, by.isEmpty() ? List.of(name) : by);
    if (by.isEmpty()) {
      byName.add(name);
    } else {
      byName.remove(name);
    }
  }

  Sort defaultSort() {
    return new Sort(columns.stream().map(this::column).toList());
  }

  Sort allowedSort(String name) {
    List<SortColumn> by =
        new ArrayList<>(allowed.getOrDefault(name, List.of()).stream().map(this::column).toList());
    if (byName.contains(name) && !unique.contains(by.get(0).name())) {
      // In the same direction, so that one index and one comparison of rows serve both.
      by.add(column((by.get(0).descending() ? "-" : "") + tieBreaker()));
    }
    return new Sort(by);
  }

  /** The unique column that ends the default order, or else {@code id}. */
  private String tieBreaker() {
    String last = column(columns.get(columns.size() - 1)).name();
    return unique.contains(last) ? last : "id";
  }

  private SortColumn column(String text) {
    SortColumn parsed = SortColumn.parse(text);
    Nulls place = nulls.getOrDefault(parsed.name(), Nulls.NONE);
    return new SortColumn(parsed.name(), parsed.descending(), place);
  }
}
