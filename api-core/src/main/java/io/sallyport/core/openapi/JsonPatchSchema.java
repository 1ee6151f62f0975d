package io.sallyport.core.openapi;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sallyport.core.describe.BodyDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a JSON Patch, RFC 6902, whose paths lead to members of one record. */
final class JsonPatchSchema {
  private static final String ANYTHING_BELOW = "(?:/(?:[^~]|~[01])*)?";
  // A pattern that nobody can read says nothing more than a loose one does.
  private static final int LONGEST_PATTERN = 2000;

  private final int maxLength;
  private final String pattern;

  private JsonPatchSchema(int maxLength, String pattern) {
    this.maxLength = maxLength;
    this.pattern = pattern;
  }

  static ObjectNode of(BodyDescription body, JavaType target) {
    String exact = below(target, new HashSet<>());
    String pattern = exact.length() > LONGEST_PATTERN ? ANYTHING_BELOW : exact;
    return new JsonPatchSchema(body.maxStringLength(), "^" + pattern + "$").list(body.maxItems());
  }

  private ObjectNode list(int most) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("type", "array").put("maxItems", most);
    ArrayNode kinds = list.putObject("items").putArray("oneOf");
    ObjectNode setting = operation(kinds, "add", "replace", "test");
    member(setting, "path", 0);
    setting.withObject("properties").putObject("value").put("description", "Any value.");
    required(setting, "value");
    // The whole cannot be removed.
    member(operation(kinds, "remove"), "path", 1);
    ObjectNode moving = operation(kinds, "copy", "move");
    member(moving, "from", 0);
    member(moving, "path", 0);
    return list;
  }

  // Open: members that an operation does not define are ignored, section 4.
  private static ObjectNode operation(ArrayNode kinds, String... names) {
    ObjectNode operation = kinds.addObject().put("type", "object");
    ObjectNode op = operation.putObject("properties").putObject("op").put("type", "string");
    ArrayNode choices = op.putArray("enum");
    for (String name : names) {
      choices.add(name);
    }
    required(operation, "op");
    return operation;
  }

  private void member(ObjectNode operation, String name, int minLength) {
    ObjectNode pointer = operation.withObject("properties").putObject(name).put("type", "string");
    if (minLength > 0) {
      pointer.put("minLength", minLength);
    }
    pointer
        .put("maxLength", maxLength)
        .put("pattern", pattern)
        .put("description", "A JSON pointer, RFC 6901.");
    required(operation, name);
  }

  private static void required(ObjectNode operation, String name) {
    operation.withArray("required").add(name);
  }

  /** What a pointer to {@code declared} may go on with. */
  private static String below(JavaType declared, Set<JavaType> around) {
    JavaType type = declared.isReferenceType() ? declared.getContentType() : declared;
    Class<?> raw = type.getRawClass();
    if (type.isEnumType() || Scalars.schema(raw) != null) {
      return "";
    }
    if (!raw.isRecord() || raw.isAnnotationPresent(JsonTypeInfo.class) || !around.add(type)) {
      return ANYTHING_BELOW;
    }
    BeanDescription bean = Schemas.description(type, Schemas.Direction.INPUT);
    if (bean.findJsonValueAccessor() != null) {
      return ANYTHING_BELOW;
    }
    List<String> members = new ArrayList<>();
    for (BeanPropertyDefinition property : bean.findProperties()) {
      if (property.couldDeserialize()) {
        members.add(literal(property.getName()) + below(property.getPrimaryType(), around));
      }
    }
    around.remove(type);
    return "(?:/(?:" + String.join("|", members) + "))?";
  }

  private static String literal(String name) {
    return name.replace("~", "~0")
        .replace("/", "~1")
        .replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0");
  }
}
