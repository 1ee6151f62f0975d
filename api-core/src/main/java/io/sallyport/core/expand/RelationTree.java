package io.sallyport.core.expand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The declared relations by their path, parents first. Immutable. */
final class RelationTree {
  // Far above any limit, and far enough below Long.MAX_VALUE for one more product or sum.
  private static final long MOST_ENTITIES = 1_000_000_000_000L;

  private final Map<String, Long> entities = new LinkedHashMap<>();
  private final List<String> duplicates = new ArrayList<>();

  private RelationTree() {}

  static RelationTree of(List<Relation> relations) {
    RelationTree tree = new RelationTree();
    relations.forEach(relation -> tree.add("", 1, relation));
    return tree;
  }

  private void add(String parent, long parents, Relation relation) {
    String path = parent + relation.name();
    long expected = Math.min(MOST_ENTITIES, parents * relation.fanOut());
    if (entities.putIfAbsent(path, expected) != null) {
      duplicates.add(path);
      return;
    }
    relation.below().forEach(below -> add(path + ".", expected, below));
  }

  Set<String> paths() {
    return Collections.unmodifiableSet(entities.keySet());
  }

  List<String> duplicates() {
    return duplicates;
  }

  boolean has(String path) {
    return entities.containsKey(path);
  }

  /** {@code path} and the paths of its parents, which are loaded with it. */
  List<String> withParents(String path) {
    List<String> all = new ArrayList<>();
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      all.add(path.substring(0, dot));
    }
    all.add(path);
    return all;
  }

  /** The entities to expect for one that is answered. */
  long cost(Set<String> paths) {
    long sum = 0;
    for (String path : paths) {
      sum = Math.min(MOST_ENTITIES, sum + entities.getOrDefault(path, 0L));
    }
    return sum;
  }
}
