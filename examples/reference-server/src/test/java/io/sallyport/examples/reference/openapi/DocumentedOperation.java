package io.sallyport.examples.reference.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One operation of the document, as a reader of the document knows it.
 *
 * @param root the document, for its references
 */
record DocumentedOperation(String method, String path, JsonNode operation, JsonNode root) {
  static List<DocumentedOperation> all(JsonNode root) {
    List<DocumentedOperation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (JsonNode each : byMediaType(operation.getValue())) {
          all.add(
              new DocumentedOperation(
                  operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), each, root));
        }
      }
    }
    return all;
  }

  /** The operation with one media type of its body at a time. */
  private static List<JsonNode> byMediaType(JsonNode operation) {
    JsonNode content = operation.path("requestBody").path("content");
    if (content.size() < 2) {
      return List.of(operation);
    }
    List<JsonNode> each = new ArrayList<>();
    for (String type : content.propertyNames()) {
      JsonNode copy = operation.deepCopy();
      ((ObjectNode) copy.path("requestBody").path("content")).retain(type);
      each.add(copy);
    }
    return each;
  }

  String id() {
    return operation.path("operationId").asString();
  }

  List<JsonNode> parameters(String in) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asString().equals(in)) {
        found.add(parameter);
      }
    }
    return found;
  }

  /** Media types of the body with their schemas; empty where none is taken. */
  Set<Map.Entry<String, JsonNode>> bodies() {
    return operation.path("requestBody").path("content").properties();
  }

  Set<String> statuses() {
    Set<String> statuses = new TreeSet<>();
    operation.path("responses").properties().forEach(e -> statuses.add(e.getKey()));
    return statuses;
  }

  /** The codes of problems that may come with {@code status}. */
  Set<String> codes(int status) {
    Set<String> codes = new TreeSet<>();
    resolve(operation.path("responses").path(Integer.toString(status)))
        .path("x-problem-codes")
        .forEach(code -> codes.add(code.asString()));
    return codes;
  }

  JsonNode resolve(JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref")) {
      at = root.at(at.path("$ref").asString().substring(1));
    }
    return at;
  }
}
