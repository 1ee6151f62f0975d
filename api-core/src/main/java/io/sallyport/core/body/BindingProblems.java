package io.sallyport.core.body;

import io.sallyport.core.problem.Violation;
import io.sallyport.core.problem.Violation.In;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;

/** The violations found in one body, at most {@link #MAX}. Used by one thread. */
final class BindingProblems {
  /** A body can break a rule in each of its bytes, and the answer must not grow with it. */
  static final int MAX = 100;

  private static final int MAX_POINTER_LENGTH = 512;

  private final List<Violation> violations = new ArrayList<>();

  static @Nullable BindingProblems of(DatabindContext context) {
    return (BindingProblems) context.getAttribute(BindingProblems.class);
  }

  void add(String pointer, String code, String message) {
    if (violations.size() < MAX) {
      violations.add(new Violation(In.BODY, bounded(pointer), code, message));
    }
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
