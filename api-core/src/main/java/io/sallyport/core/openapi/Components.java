package io.sallyport.core.openapi;

import io.sallyport.core.describe.SecurityScheme;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What operations share; each is written once. Used by one thread. */
final class Components {
  private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();
  private final ObjectNode responses = JsonNodeFactory.instance.objectNode();
  private final ObjectNode headers = JsonNodeFactory.instance.objectNode();

  Components() {
    schemas.set("Problem", ProblemSchema.of());
  }

  /** Holds the place of a schema, so that one that refers to itself ends. */
  void reserve(String name) {
    schemas.putObject(name);
  }

  boolean hasSchema(String name) {
    return schemas.has(name);
  }

  ObjectNode schema(String name, ObjectNode schema) {
    schemas.set(name, schema);
    return reference("schemas", name);
  }

  ObjectNode response(String name, ObjectNode response) {
    return shared(responses, "responses", name, response);
  }

  ObjectNode header(String name, ObjectNode header) {
    return shared(headers, "headers", name, header);
  }

  static ObjectNode reference(String kind, String name) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/" + kind + "/" + name);
  }

  /** Two of one name that differ are numbered, in the order of the table. */
  private static ObjectNode shared(ObjectNode all, String kind, String name, ObjectNode value) {
    String free = name;
    for (int number = 2; ; number++) {
      @Nullable JsonNode known = all.get(free);
      if (known == null) {
        all.set(free, value);
      }
      if (known == null || known.equals(value)) {
        return reference(kind, free);
      }
      free = name + "-" + number;
    }
  }

  ObjectNode tree(Collection<SecurityScheme> schemes) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.set("schemas", schemas);
    tree.set("responses", responses);
    tree.set("headers", headers);
    if (!schemes.isEmpty()) {
      ObjectNode all = tree.putObject("securitySchemes");
      for (SecurityScheme scheme : schemes) {
        ObjectNode node = all.putObject(scheme.name());
        node.put("type", "http").put("scheme", scheme.scheme());
        if (!scheme.format().isEmpty()) {
          node.put("bearerFormat", scheme.format());
        }
        node.put("description", scheme.text());
      }
    }
    return tree;
  }
}
