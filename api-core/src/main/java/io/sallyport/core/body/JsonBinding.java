package io.sallyport.core.body;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Binds well-formed JSON to a Java type, without coercion and without types named by the client.
 * Immutable and safe for concurrent use; costly to make, so made once for each declared body.
 */
final class JsonBinding<T> {
  private static final JsonMapper DEFAULT_MAPPER = mapper(JsonLimits.DEFAULTS);

  // For texts that JsonSyntax has held to their limits, and for values of the application.
  private static final JsonMapper TREES =
      mapper(
          new JsonLimits(
              500, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));

  private final Class<T> type;
  private final ObjectReader reader;

  JsonBinding(Class<T> type, JsonLimits limits, boolean unknownFieldsAllowed) {
    this.type = type;
    ObjectReader strict =
        (limits.equals(JsonLimits.DEFAULTS) ? DEFAULT_MAPPER : mapper(limits)).readerFor(type);
    this.reader =
        unknownFieldsAllowed
            ? strict.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            : strict;
  }

  private static JsonMapper mapper(JsonLimits limits) {
    JsonFactory json =
        JsonFactory.builder().streamReadConstraints(JsonSyntax.constraints(limits)).build();
    return JsonMapper.builder(json)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            // As a double, 1e400 would be infinite and 0.1 not 0.1.
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(
            coercion ->
                coercion
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Textual,
            coercion ->
                coercion
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addHandler(new UnknownFields())
        .addModule(new SimpleModule("sallyport").setDeserializerModifier(new CollectingModifier()))
        .build();
  }

  /** What JSON sees of {@code type}. */
  static BeanDescription description(Class<?> type) {
    return description(DEFAULT_MAPPER.constructType(type));
  }

  /** What JSON sees of {@code type}. */
  static BeanDescription description(JavaType type) {
    ClassIntrospector introspector =
        DEFAULT_MAPPER.deserializationConfig().classIntrospectorInstance();
    return introspector.introspectForDeserialization(
        type, introspector.introspectClassAnnotations(type));
  }

  /** What JSON sets of {@code type}; what it would only show, of a getter, is left out. */
  static List<BeanPropertyDefinition> properties(BeanDescription type) {
    return type.findProperties().stream().filter(BeanPropertyDefinition::couldDeserialize).toList();
  }

  /** {@code text}, which is well-formed, as a tree. */
  static JsonNode tree(byte[] text) {
    return TREES.readTree(text);
  }

  /** {@code value} as a tree that {@link #bind} takes. */
  static JsonNode tree(Object value) {
    return TREES.valueToTree(value);
  }

  /** {@code tree} as a text. */
  static byte[] text(JsonNode tree) {
    return TREES.writeValueAsBytes(tree);
  }

  /** The value of {@code text}; {@code null} if it has none, and then {@code problems} say why. */
  @Nullable T bind(byte[] text, BindingProblems problems) {
    Object value;
    try {
      value = reader.withAttribute(BindingProblems.class, problems).readValue(text);
    } catch (InvalidDefinitionException e) {
      throw e;
    } catch (JacksonException e) {
      // The text is well-formed, so this too says that it does not fit the type.
      problems.add(pointer(e), "type", Expected.ANY.message());
      return null;
    }
    if (value == null && problems.isEmpty()) {
      problems.add("", "required", "is required");
    }
    return value == null ? null : type.cast(value);
  }

  /**
   * The value of {@code text} if it breaks no constraint; otherwise the problem with {@code
   * problems}, what they hold already included.
   */
  DeclaredBody.Reading read(byte[] text, BindingProblems problems) {
    T value = bind(text, problems);
    if (value != null) {
      Constraints.check(value, problems);
    }
    return value == null || !problems.isEmpty()
        ? new DeclaredBody.Reading.Refused(
            Problem.of(ProblemType.VALIDATION_FAILED).violations(problems.violations()))
        : new DeclaredBody.Reading.Sound(value);
  }

  /** What is wrong with the type; {@code null} if it can be bound. */
  @Nullable String definitionFault() {
    try {
      bind(new byte[] {'{', '}'}, new BindingProblems());
      return null;
    } catch (InvalidDefinitionException e) {
      return e.getOriginalMessage();
    }
  }

  private static String pointer(JacksonException thrown) {
    StringBuilder pointer = new StringBuilder();
    for (JacksonException.Reference step : thrown.getPath()) {
      String name = step.getPropertyName();
      pointer
          .append('/')
          .append(name == null ? Integer.toString(step.getIndex()) : JsonPointers.escape(name));
    }
    return pointer.toString();
  }
}
