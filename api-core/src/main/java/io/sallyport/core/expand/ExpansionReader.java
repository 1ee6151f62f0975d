package io.sallyport.core.expand;

import io.sallyport.core.problem.Violation;
import io.sallyport.core.problem.Violation.In;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the value of {@code expand}: paths joined by commas, relations joined by dots. */
final class ExpansionReader {
  /** The most characters. */
  static final int MAX_LENGTH = 512;

  /** An answer must not grow with the number of paths that are wrong. */
  static final int MAX_VIOLATIONS = 20;

  private final RelationTree tree;
  private final Expand.Limits limits;

  ExpansionReader(RelationTree tree, Expand.Limits limits) {
    this.tree = tree;
    this.limits = limits;
  }

  /** The relations asked for, parents included, each once; what is wrong goes to the violations. */
  Set<String> read(String text, List<Violation> violations) {
    Set<String> asked = new LinkedHashSet<>();
    int number = 0;
    for (String path : text.split(",", -1)) {
      number++;
      if (tree.has(path)) {
        asked.addAll(tree.withParents(path));
      } else if (violations.size() < MAX_VIOLATIONS) {
        violations.add(refusalOf(path, number));
      }
    }
    // Of what is known, so that one answer tells of everything at once.
    if (asked.size() > limits.relations()) {
      violations.add(
          violation("max-relations", "must ask for at most " + limits.relations() + " relations"));
    }
    if (tree.cost(asked) > limits.cost()) {
      violations.add(
          violation(
              "max-cost",
              "must not ask for more than about "
                  + limits.cost()
                  + " related entities for each entity"));
    }
    return asked;
  }

  // By its number, not by its text, which a client chose.
  private Violation refusalOf(String path, int number) {
    long depth = path.chars().filter(c -> c == '.').count() + 1;
    return depth > limits.depth()
        ? violation(
            "max-depth", "path " + number + " must have at most " + limits.depth() + " relations")
        : violation("unknown-relation", "path " + number + " is not one that can be expanded");
  }

  private static Violation violation(String code, String message) {
    return new Violation(In.QUERY, "expand", code, message);
  }
}
