package io.sallyport.core.body;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import io.sallyport.core.problem.Violation.In;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies the operations of one JSON patch to one value. Used once, by one thread.
 *
 * <p>What is put into the value is counted, copies included: a patch that copies the whole into
 * itself doubles it with each operation, and sixty of these fit into a small body.
 */
final class PatchRun {
  private final long maxGrowth;
  private final int maxDepth;
  private JsonNode root;
  private long growth;

  /**
   * A run over {@code root}, which it uses up.
   *
   * @param maxGrowth by how much, in bytes or so, the operations may add to the value
   * @param maxDepth how deep what they add may nest
   */
  PatchRun(JsonNode root, long maxGrowth, int maxDepth) {
    this.root = root;
    this.maxGrowth = maxGrowth;
    this.maxDepth = maxDepth;
  }

  PatchDocument.Outcome apply(List<PatchOperation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      Failure failure = apply(operations.get(i));
      if (failure != null) {
        Violation violation = new Violation(In.BODY, "/" + i, failure.code, failure.message);
        Problem problem =
            Problem.of(failure.conflict ? ProblemType.CONFLICT : ProblemType.VALIDATION_FAILED)
                .violations(List.of(violation));
        return new PatchDocument.Outcome(null, problem);
      }
    }
    return new PatchDocument.Outcome(root, null);
  }

  private @Nullable Failure apply(PatchOperation operation) {
    List<String> path = operation.path();
    return switch (operation.kind()) {
      case ADD -> grow(path, operation.value(), () -> add(path, operation.value().deepCopy()));
      case REMOVE -> remove(path);
      case REPLACE ->
          at(path) == null
              ? Failure.NOT_THERE
              : grow(path, operation.value(), () -> replace(path, operation.value().deepCopy()));
      case MOVE -> move(operation.from(), path);
      case COPY -> copy(operation.from(), path);
      case TEST -> test(path, operation.value());
    };
  }

  private @Nullable Failure move(List<String> from, List<String> path) {
    JsonNode value = at(from);
    if (value == null) {
      return Failure.NOT_THERE;
    }
    if (from.equals(path)) {
      return null;
    }
    if (isTooDeep(value, path.size())) {
      return Failure.TOO_DEEP;
    }
    Failure failure = remove(from);
    return failure == null ? add(path, value) : failure;
  }

  private @Nullable Failure copy(List<String> from, List<String> path) {
    JsonNode value = at(from);
    // Weighed before it is copied.
    return value == null ? Failure.NOT_THERE : grow(path, value, () -> add(path, value.deepCopy()));
  }

  private @Nullable Failure test(List<String> path, JsonNode expected) {
    JsonNode value = at(path);
    if (value == null) {
      return Failure.NOT_THERE;
    }
    return isEqual(value, expected) ? null : Failure.TEST_FAILED;
  }

  private @Nullable Failure grow(List<String> path, JsonNode value, Change change) {
    weigh(value);
    if (growth > maxGrowth) {
      return Failure.TOO_LARGE;
    }
    return isTooDeep(value, path.size()) ? Failure.TOO_DEEP : change.make();
  }

  /** Adds to the growth, about as many bytes as JSON needs for {@code value}. */
  private void weigh(JsonNode value) {
    growth += value.isString() ? 2L + value.stringValue().length() : 1;
    if (value.isNumber() && !value.isInt()) {
      growth += value.asString().length();
    }
    if (value.isObject()) {
      value.propertyNames().forEach(name -> growth += 3L + name.length());
    }
    for (JsonNode inner : value.values()) {
      if (growth > maxGrowth) {
        return;
      }
      weigh(inner);
    }
  }

  private boolean isTooDeep(JsonNode value, int depth) {
    if (depth > maxDepth) {
      return true;
    }
    if (value.isValueNode()) {
      return false;
    }
    for (JsonNode inner : value.values()) {
      if (isTooDeep(inner, depth + 1)) {
        return true;
      }
    }
    return depth + 1 > maxDepth;
  }

  private @Nullable Failure add(List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      root = value;
      return null;
    }
    JsonNode parent = at(parent(path));
    String name = last(path);
    if (parent instanceof ObjectNode object) {
      object.set(name, value);
      return null;
    }
    if (parent instanceof ArrayNode array) {
      int index = name.equals("-") ? array.size() : index(name, array.size());
      if (index >= 0) {
        array.insert(index, value);
        return null;
      }
    }
    return Failure.NOT_THERE;
  }

  private @Nullable Failure remove(List<String> path) {
    if (at(path) == null) {
      return Failure.NOT_THERE;
    }
    if (path.isEmpty()) {
      root = NullNode.getInstance();
    } else if (at(parent(path)) instanceof ObjectNode object) {
      object.remove(last(path));
    } else if (at(parent(path)) instanceof ArrayNode array) {
      array.remove(index(last(path), array.size() - 1));
    }
    return null;
  }

  /** Of a place that is there. */
  private @Nullable Failure replace(List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      root = value;
    } else if (at(parent(path)) instanceof ObjectNode object) {
      object.set(last(path), value);
    } else if (at(parent(path)) instanceof ArrayNode array) {
      array.set(index(last(path), array.size() - 1), value);
    }
    return null;
  }

  private @Nullable JsonNode at(List<String> path) {
    JsonNode node = root;
    for (String token : path) {
      if (node instanceof ObjectNode) {
        node = node.get(token);
      } else if (node instanceof ArrayNode) {
        int index = index(token, node.size() - 1);
        node = index < 0 ? null : node.get(index);
      } else {
        return null;
      }
    }
    return node;
  }

  /** The index {@code token} up to {@code max}, RFC 6901 section 4; -1 if it is none. */
  private static int index(String token, int max) {
    if (token.isEmpty() || token.length() > 9 || (token.length() > 1 && token.charAt(0) == '0')) {
      return -1;
    }
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') {
        return -1;
      }
    }
    int index = Integer.parseInt(token);
    return index <= max ? index : -1;
  }

  /** Section 4.6: numbers by their value, objects without order. */
  private static boolean isEqual(JsonNode a, JsonNode b) {
    if (a instanceof NumericNode x && b instanceof NumericNode y && !x.isNaN() && !y.isNaN()) {
      return x.decimalValue().compareTo(y.decimalValue()) == 0;
    }
    if (a.isObject() && b.isObject()) {
      return a.size() == b.size()
          && a.properties().stream()
              .allMatch(
                  entry -> {
                    JsonNode other = b.get(entry.getKey());
                    return other != null && isEqual(entry.getValue(), other);
                  });
    }
    if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!isEqual(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    return a.equals(b);
  }

  private static List<String> parent(List<String> path) {
    return path.subList(0, path.size() - 1);
  }

  private static String last(List<String> path) {
    return path.get(path.size() - 1);
  }

  private interface Change {
    @Nullable Failure make();
  }

  /** Why an operation cannot be done. */
  private enum Failure {
    // These two depend on the state, which is another than the client knew.
    TEST_FAILED(true, "test-failed", "does not hold"),
    NOT_THERE(true, "not-there", "names a place that is not there"),
    TOO_LARGE(false, "size", "makes the value too large"),
    TOO_DEEP(false, "depth", "makes the value too deep");

    final boolean conflict;
    final String code;
    final String message;

    Failure(boolean conflict, String code, String message) {
      this.conflict = conflict;
      this.code = code;
      this.message = message;
    }
  }
}
