package io.sallyport.core.openapi;

import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.describe.ValueDescription.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values of parameters and header fields as schemas, and plain Java values as trees. */
final class PlainValues {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PlainValues() {}

  static ObjectNode schema(ValueDescription value) {
    ObjectNode one = single(value);
    if (value.most() == 1) {
      return one;
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("type", "array").put("minItems", 1).put("maxItems", value.most());
    list.set("items", one);
    return list;
  }

  private static ObjectNode single(ValueDescription value) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(
        "type",
        switch (value.kind()) {
          case TEXT -> "string";
          case INTEGER -> "integer";
          case BOOLEAN -> "boolean";
        });
    if (!value.format().isEmpty()) {
      node.put("format", value.format());
    }
    if (!value.pattern().isEmpty()) {
      node.put("pattern", value.pattern());
    }
    boolean text = value.kind() == Kind.TEXT;
    value.minimum().ifPresent(least -> node.put(text ? "minLength" : "minimum", least));
    value.maximum().ifPresent(most -> node.put(text ? "maxLength" : "maximum", most));
    if (!value.choices().isEmpty()) {
      ArrayNode choices = node.putArray("enum");
      value.choices().forEach(choices::add);
    }
    value.defaultText().ifPresent(otherwise -> node.set("default", tree(value.kind(), otherwise)));
    return node;
  }

  private static JsonNode tree(Kind kind, String text) {
    return switch (kind) {
      case TEXT -> JsonNodeFactory.instance.stringNode(text);
      case INTEGER -> JsonNodeFactory.instance.numberNode(Long.parseLong(text));
      case BOOLEAN -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
    };
  }

  /** Maps are sorted: the document of one table must not vary from start to start. */
  static JsonNode tree(Object value) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((name, each) -> sorted.put(String.valueOf(name), each));
      sorted.forEach((name, each) -> node.set(name, tree(each)));
      return node;
    }
    if (value instanceof Collection<?> list) {
      ArrayNode node = JsonNodeFactory.instance.arrayNode();
      list.forEach(each -> node.add(tree(each)));
      return node;
    }
    return JSON.valueToTree(value);
  }
}
