package io.sallyport.core.openapi;

import io.sallyport.core.problem.ProblemType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a problem, RFC 9457, as {@code ProblemJson} writes it. */
final class ProblemSchema {
  private static final int MAX_CODE = 100;
  private static final int MAX_TEXT = 1024;
  private static final int MAX_VIOLATIONS = 100;

  private ProblemSchema() {}

  static ObjectNode of() {
    ObjectNode schema = object("A problem, RFC 9457.");
    ObjectNode properties = schema.putObject("properties");
    code(properties.putObject("type"), "^urn:[a-z0-9:.-]+$", "The type of the problem.");
    text(properties.putObject("title"), "A short phrase, the same for every occurrence.");
    properties
        .putObject("status")
        .put("type", "integer")
        .put("format", "int32")
        .put("minimum", 400)
        .put("maximum", 599)
        .put("description", "The HTTP status.");
    code(properties.putObject("code"), "^[a-z0-9-]+$", "The stable code of the type.");
    text(properties.putObject("detail"), "A sentence for people.");
    code(
        properties.putObject("errorId"),
        "^[A-Za-z0-9_-]+$",
        "Under which the operator finds the occurrence.");
    ObjectNode violations = properties.putObject("violations");
    violations.put("type", "array").put("maxItems", MAX_VIOLATIONS);
    violations.put("description", "Every rule that the input breaks.");
    violations.set("items", violation());
    schema.putArray("required").add("type").add("title").add("status").add("code").add("errorId");
    return schema;
  }

  static ObjectNode example(ProblemType type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", type.uri())
        .put("title", type.title())
        .put("status", type.status())
        .put("code", type.code())
        .put("errorId", "0000000000000000");
  }

  private static ObjectNode violation() {
    ObjectNode schema =
        object("One rule: of the body by its pointer, else of the parameter by place and name.");
    ObjectNode properties = schema.putObject("properties");
    text(properties.putObject("pointer"), "A JSON pointer into the body, RFC 6901.");
    ObjectNode in = properties.putObject("in");
    in.put("type", "string").putArray("enum").add("path").add("query").add("header");
    text(properties.putObject("parameter"), "The name of the parameter.");
    code(properties.putObject("code"), "^[a-z0-9-]+$", "The stable code of the rule.");
    text(properties.putObject("message"), "What the rule asks, for people.");
    schema.putArray("required").add("code").add("message");
    return schema;
  }

  private static ObjectNode object(String description) {
    // Open: RFC 9457 section 3.2 lets members be added, and clients must ignore what they do not
    // know.
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "object")
        .put("description", description);
  }

  private static void text(ObjectNode node, String description) {
    node.put("type", "string").put("maxLength", MAX_TEXT).put("description", description);
  }

  private static void code(ObjectNode node, String pattern, String description) {
    node.put("type", "string")
        .put("maxLength", MAX_CODE)
        .put("pattern", pattern)
        .put("description", description);
  }
}
