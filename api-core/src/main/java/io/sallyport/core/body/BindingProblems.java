package io.sallyport.core.body;

import io.sallyport.core.problem.Violation;
import io.sallyport.core.problem.Violation.In;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindContext;

/** The violations found in one body, at most {@link #MAX}. Used by one thread. */
final class BindingProblems {
  /** A body can break a rule in each of its bytes, and the answer must not grow with it. */
  static final int MAX = 100;

  private static final int MAX_POINTER_LENGTH = 512;

  private final List<Violation> violations = new ArrayList<>();
  private @Nullable JsonParser root;
  private int depth;

  static @Nullable BindingProblems of(DatabindContext context) {
    return (BindingProblems) context.getAttribute(BindingProblems.class);
  }

  void add(String pointer, String code, String message) {
    if (violations.size() < MAX) {
      violations.add(new Violation(In.BODY, bounded(pointer), code, message));
    }
  }

  /** Whether {@code parser} reads the body itself, and not a part of it that was buffered. */
  boolean isRoot(JsonParser parser) {
    if (root == null) {
      root = parser;
    }
    return root == parser;
  }

  /** Notes that the array or object at {@code depth} is being read; answers the one around it. */
  int enter(int depth) {
    int outer = this.depth;
    this.depth = depth;
    return outer;
  }

  /** Notes that the array or object being read is at {@code outer} again. */
  void leave(int outer) {
    depth = outer;
  }

  /**
   * Where {@code parser} is. A parser of a buffered part does not know where that part was, and so
   * this is the innermost array or object that was not buffered.
   */
  String at(JsonParser parser) {
    return isRoot(parser) ? JsonPointers.of(parser) : container();
  }

  /** Where the array or object is that is being read. */
  String container() {
    return root == null ? "" : JsonPointers.ofContainer(root, depth);
  }

  boolean isEmpty() {
    return violations.isEmpty();
  }

  List<Violation> violations() {
    return violations;
  }

  /**
   * Whether the value at {@code pointer} was never bound, so that no rule can be asked about it.
   */
  boolean concern(String pointer) {
    return violations.stream()
        .anyMatch(
            known ->
                isAtOrBelow(pointer, known.pointer()) && !known.code().equals("unknown-field"));
  }

  /** Whether anything below {@code pointer} was never bound. */
  boolean concernPartOf(String pointer) {
    return violations.stream().anyMatch(known -> isAtOrBelow(known.pointer(), pointer));
  }

  private static boolean isAtOrBelow(String pointer, String other) {
    return pointer.startsWith(other)
        && (pointer.length() == other.length() || pointer.charAt(other.length()) == '/');
  }

  // Names come from the client: deep, long names would make the answer larger than the body. Cut
  // between tokens, so that what is left is the pointer of an enclosing value.
  private static String bounded(String pointer) {
    return pointer.length() <= MAX_POINTER_LENGTH
        ? pointer
        : pointer.substring(0, Math.max(0, pointer.lastIndexOf('/', MAX_POINTER_LENGTH)));
  }
}
