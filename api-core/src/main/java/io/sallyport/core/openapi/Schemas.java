package io.sallyport.core.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sallyport.core.describe.BodyDescription;
import io.sallyport.core.describe.BodyDescription.Kind;
import io.sallyport.core.describe.NullableComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of Java types, with the names and the shape that Jackson binds or writes, and the rules
 * of their constraints. Used by one thread.
 *
 * <p>For input it says what the binder of {@code JsonBody} accepts: no field that the type does not
 * have, {@code null} wherever no constraint refuses it. For output it says what is written: every
 * field, and {@code null} where JSpecify allows it. A merge patch needs no field, and has {@code
 * null} where a field can be removed.
 */
final class Schemas {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Components components;
  private final Map<Key, String> names = new HashMap<>();

  Schemas(Components components) {
    this.components = components;
  }

  /** Which way a value goes. */
  enum Direction {
    /** From the client. */
    INPUT,
    /** To the client. */
    OUTPUT
  }

  private record Key(JavaType type, Direction direction, BodyDescription limits) {}

  ObjectNode of(BodyDescription body, Direction direction) {
    if (body.kind() == Kind.JSON_PATCH) {
      return JsonPatchSchema.of(body, MAPPER.constructType(body.type()));
    }
    return new Body(body, direction).of(MAPPER.constructType(body.type()), Rules.NONE, false);
  }

  /** The types of one body, which share its limits. */
  private final class Body {
    private final BodyDescription limits;
    private final Direction direction;

    Body(BodyDescription limits, Direction direction) {
      this.limits = limits;
      this.direction = direction;
    }

    private boolean isMergePatch() {
      return limits.kind() == Kind.MERGE_PATCH;
    }

    private boolean isForm() {
      return limits.kind() == Kind.FORM;
    }

    private boolean isInput() {
      return direction == Direction.INPUT;
    }

    ObjectNode of(JavaType type, Rules rules, boolean nullable) {
      return of(type, rules, nullable, Nullness.UNSAID);
    }

    private ObjectNode of(JavaType type, Rules rules, boolean nullable, Nullness nullness) {
      ObjectNode schema = shape(type, rules, nullness);
      ConstraintKeywords.write(rules, schema);
      if (isMergePatch() && type.isMapLikeType()) {
        // How many there are to be is said of the result, and not of the change.
        schema.remove(List.of("minProperties", "maxProperties"));
        schema.put("maxProperties", limits.maxItems());
      }
      return (nullable || type.isReferenceType()) && !isForm() ? orNull(schema) : schema;
    }

    private ObjectNode shape(JavaType type, Rules rules, Nullness nullness) {
      Class<?> raw = type.getRawClass();
      ObjectNode scalar = Scalars.schema(raw);
      if (scalar != null) {
        if (scalar.path("type").asString("").equals("string")
            && !scalar.has("maxLength")
            && limits.maxStringLength() > 0) {
          scalar.put("maxLength", limits.maxStringLength());
        }
        return scalar;
      }
      if (type.isReferenceType()) {
        return of(type.getReferencedType(), rules.element(0), false, nullness.element(0));
      }
      if (type.isEnumType()) {
        return choices(raw);
      }
      if (type.isMapLikeType()) {
        ObjectNode map = JsonNodeFactory.instance.objectNode().put("type", "object");
        map.set("additionalProperties", element(type.getContentType(), rules, nullness, 1));
        if (isInput() && limits.maxItems() > 0) {
          map.put("maxProperties", limits.maxItems());
        }
        return map;
      }
      if (type.isContainerType()) {
        ObjectNode array = JsonNodeFactory.instance.objectNode().put("type", "array");
        if (isInput() && limits.maxItems() > 0) {
          array.put("maxItems", limits.maxItems());
        }
        if (isForm()) {
          // A field that is not given at all is absent.
          array.put("minItems", 1);
        }
        // A patch replaces a list as a whole, so what it holds are values.
        Body items = isMergePatch() ? new Body(limits.as(Kind.VALUE), direction) : this;
        array.set("items", items.element(type.getContentType(), rules, nullness, 0));
        return array;
      }
      return bean(type);
    }

    private ObjectNode element(JavaType type, Rules rules, Nullness nullness, int index) {
      Rules inner = rules.element(index);
      Nullness said = nullness.element(index);
      boolean nullable =
          isInput()
              ? isMergePatch() || (!inner.refuseNull() && !type.isPrimitive())
              : said.allowsNull();
      return of(type, inner, nullable, said);
    }

    private ObjectNode choices(Class<?> type) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
      ArrayNode choices = schema.putArray("enum");
      for (Object constant : type.getEnumConstants()) {
        choices.add(MAPPER.<JsonNode>valueToTree(constant).asString());
      }
      return schema;
    }

    private ObjectNode bean(JavaType type) {
      Class<?> raw = type.getRawClass();
      boolean anything =
          raw == Object.class
              || JsonNode.class.isAssignableFrom(raw)
              // Which of its kinds it is, a member says; nothing here knows them all.
              || raw.isAnnotationPresent(JsonTypeInfo.class);
      if (anything) {
        return JsonNodeFactory.instance.objectNode();
      }
      BeanDescription description = description(type, direction);
      AnnotatedMember value = description.findJsonValueAccessor();
      if (value != null) {
        return of(value.getType(), Rules.NONE, false);
      }
      Key key = new Key(type, direction, limitsThatShow());
      String known = names.get(key);
      if (known != null) {
        return Components.reference("schemas", known);
      }
      String name = freeName(type);
      names.put(key, name);
      components.reserve(name);
      return components.schema(name, object(type, description));
    }

    // Media type and size are the body's own; only what a schema says makes two of them differ.
    private BodyDescription limitsThatShow() {
      return new BodyDescription(
          "",
          Object.class,
          0,
          limits.openToUnknownFields(),
          limits.maxStringLength(),
          limits.maxItems(),
          limits.kind());
    }

    private ObjectNode object(JavaType type, BeanDescription description) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
      ObjectNode properties = JsonNodeFactory.instance.objectNode();
      Map<String, Boolean> required = new TreeMap<>();
      for (BeanPropertyDefinition property : description.findProperties()) {
        boolean counts = isInput() ? property.couldDeserialize() : property.couldSerialize();
        if (counts) {
          properties.set(property.getName(), property(type.getRawClass(), property));
          required.put(property.getName(), isRequired(type.getRawClass(), property));
        }
      }
      if (!properties.isEmpty()) {
        schema.set("properties", properties);
      }
      List<String> names =
          required.entrySet().stream()
              .filter(Map.Entry::getValue)
              .map(Map.Entry::getKey)
              .collect(Collectors.toList());
      if (!names.isEmpty()) {
        ArrayNode list = schema.putArray("required");
        names.forEach(list::add);
      }
      if (isInput() && !limits.openToUnknownFields()) {
        schema.put("additionalProperties", false);
      }
      if (!isMergePatch()) {
        ConstraintKeywords.write(Rules.ofBean(type.getRawClass()), schema);
      }
      return schema;
    }

    private ObjectNode property(Class<?> bean, BeanPropertyDefinition property) {
      Rules rules = Rules.ofProperty(bean, property.getInternalName());
      Nullness nullness = Nullness.of(bean, property);
      JavaType type = property.getPrimaryType();
      return of(type, rules, isNullable(bean, property, rules, nullness), nullness);
    }

    private boolean isNullable(
        Class<?> bean, BeanPropertyDefinition property, Rules rules, Nullness nullness) {
      if (isMergePatch()) {
        // Null removes.
        return NullableComponent.is(bean, property.getInternalName());
      }
      return isInput()
          ? !rules.refuseNull() && !property.getPrimaryType().isPrimitive()
          : nullness.allowsNull() && isWrittenAsNull(property);
    }

    private boolean isRequired(Class<?> bean, BeanPropertyDefinition property) {
      if (isMergePatch()) {
        return false;
      }
      if (isInput()) {
        return property.getPrimaryType().isPrimitive()
            || Rules.ofProperty(bean, property.getInternalName()).refuseNull();
      }
      return inclusion(property) == JsonInclude.Include.ALWAYS;
    }

    private boolean isWrittenAsNull(BeanPropertyDefinition property) {
      return inclusion(property) == JsonInclude.Include.ALWAYS;
    }

    private JsonInclude.Include inclusion(BeanPropertyDefinition property) {
      JsonInclude.Include include = property.findInclusion().getValueInclusion();
      return include == JsonInclude.Include.USE_DEFAULTS ? JsonInclude.Include.ALWAYS : include;
    }

    private String freeName(JavaType type) {
      String plain = name(type) + (isMergePatch() ? "MergePatch" : "");
      String name = components.hasSchema(plain) ? plain + (isInput() ? "Input" : "Output") : plain;
      for (int number = 2; components.hasSchema(name); number++) {
        name = plain + number;
      }
      return name;
    }
  }

  static BeanDescription description(JavaType type, Direction direction) {
    if (direction == Direction.INPUT) {
      DeserializationConfig config = MAPPER.deserializationConfig();
      ClassIntrospector introspector = config.classIntrospectorInstance();
      return introspector.introspectForDeserialization(
          type, introspector.introspectClassAnnotations(type));
    }
    SerializationConfig config = MAPPER.serializationConfig();
    ClassIntrospector introspector = config.classIntrospectorInstance();
    return introspector.introspectForSerialization(
        type, introspector.introspectClassAnnotations(type));
  }

  /** {@code CreateInvoice.Line} as CreateInvoiceLine, {@code Page<Customer>} as PageOfCustomer. */
  private static String name(JavaType type) {
    StringBuilder name = new StringBuilder();
    for (@Nullable Class<?> at = type.getRawClass(); at != null; at = at.getDeclaringClass()) {
      if (at == type.getRawClass() || at.isRecord()) {
        name.insert(0, at.getSimpleName());
      }
    }
    for (int i = 0; i < type.containedTypeCount(); i++) {
      name.append(i == 0 ? "Of" : "And").append(name(type.containedType(i)));
    }
    return name.toString();
  }

  private static ObjectNode orNull(ObjectNode schema) {
    JsonNode type = schema.get("type");
    if (type != null && type.isString() && !schema.has("const")) {
      schema.putArray("type").add(type).add("null");
      if (schema.get("enum") instanceof ArrayNode choices) {
        choices.addNull();
      }
      return schema;
    }
    if (schema.isEmpty()) {
      return schema;
    }
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }
}
