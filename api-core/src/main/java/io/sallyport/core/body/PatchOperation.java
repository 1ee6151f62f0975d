package io.sallyport.core.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * One operation of a JSON patch, RFC 6902 section 4.
 *
 * @param kind what to do
 * @param path where
 * @param from the place to copy or move from, else empty
 * @param value the value to add, to replace by or to test for, else null
 */
record PatchOperation(Kind kind, List<String> path, List<String> from, JsonNode value) {
  /** The six operations. */
  enum Kind {
    ADD,
    REMOVE,
    REPLACE,
    MOVE,
    COPY,
    TEST;

    boolean hasValue() {
      return this == ADD || this == REPLACE || this == TEST;
    }

    boolean hasFrom() {
      return this == MOVE || this == COPY;
    }

    static @Nullable Kind of(String name) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
          return kind;
        }
      }
      return null;
    }
  }

  /**
   * Reads a patch document; what is wrong with it goes to {@code problems}.
   *
   * @param members what the paths may name; {@code null} for anything
   */
  static List<PatchOperation> read(
      JsonNode document, @Nullable PatchMembers members, BindingProblems problems) {
    List<PatchOperation> operations = new ArrayList<>();
    if (!document.isArray()) {
      problems.add("", "type", "must be a list of operations");
      return operations;
    }
    for (int i = 0; i < document.size(); i++) {
      PatchOperation operation = read(document.get(i), "/" + i, members, problems);
      if (operation != null) {
        operations.add(operation);
      }
    }
    return operations;
  }

  // Members that the operation does not define are ignored, as section 4 asks.
  private static @Nullable PatchOperation read(
      JsonNode operation, String at, @Nullable PatchMembers members, BindingProblems problems) {
    if (!operation.isObject()) {
      problems.add(at, "type", "must be an operation");
      return null;
    }
    JsonNode op = operation.get("op");
    Kind kind = op != null && op.isString() ? Kind.of(op.stringValue()) : null;
    if (kind == null) {
      problems.add(
          at + "/op",
          op == null ? "required" : "type",
          "must be add, remove, replace, move, copy or test");
      return null;
    }
    List<String> path = place(operation, at, "path", members, problems);
    List<String> from =
        kind.hasFrom() ? place(operation, at, "from", members, problems) : List.of();
    JsonNode value = kind.hasValue() ? operation.get("value") : NullNode.getInstance();
    if (value == null) {
      problems.add(at + "/value", "required", "is required");
    }
    if (path == null || from == null || value == null) {
      return null;
    }
    check(kind, path, from, value, at, members, problems);
    return new PatchOperation(kind, path, from, value);
  }

  private static void check(
      Kind kind,
      List<String> path,
      List<String> from,
      JsonNode value,
      String at,
      @Nullable PatchMembers members,
      BindingProblems problems) {
    boolean inItself =
        kind == Kind.MOVE && path.size() > from.size() && path.subList(0, from.size()).equals(from);
    if (inItself) {
      problems.add(at + "/path", "invalid", "must not be within the place moved from");
    }
    if (kind == Kind.REMOVE && path.isEmpty()) {
      problems.add(at + "/path", "invalid", "must not be the whole");
    }
    // What is only compared need not fit.
    if (members != null && kind.hasValue() && kind != Kind.TEST) {
      JavaType type = members.typeAt(path);
      if (type != null) {
        members.check(value, type, at + "/value", false, problems);
      }
    }
  }

  private static @Nullable List<String> place(
      JsonNode operation,
      String at,
      String name,
      @Nullable PatchMembers members,
      BindingProblems problems) {
    JsonNode text = operation.get(name);
    List<String> tokens =
        text != null && text.isString() ? JsonPointers.tokens(text.stringValue()) : null;
    if (tokens == null) {
      problems.add(
          at + "/" + name, text == null ? "required" : "pointer", "must be a JSON pointer");
      return null;
    }
    if (members != null && members.typeAt(tokens) == null) {
      problems.add(at + "/" + name, "unknown-field", "does not lead to a known field");
      return null;
    }
    return tokens;
  }
}
