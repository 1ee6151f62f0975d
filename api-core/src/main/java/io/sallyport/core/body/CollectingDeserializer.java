package io.sallyport.core.body;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.util.ClassUtil;

/**
 * Reads a value by another deserializer; where that fails, notes a violation, skips the value and
 * goes on, so that one reading finds everything.
 *
 * <p>Jackson's own collecting of problems leaves out what is refused as a coercion and what has the
 * wrong structure, and stops at the first of these.
 */
final class CollectingDeserializer extends DelegatingDeserializer {
  private final Expected expected;
  private final @Nullable String property;

  CollectingDeserializer(ValueDeserializer<?> reader, Expected expected) {
    this(reader, expected, null);
  }

  private CollectingDeserializer(
      ValueDeserializer<?> reader, Expected expected, @Nullable String property) {
    super(reader);
    this.expected = expected;
    this.property = property;
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
    return new CollectingDeserializer(reader, expected, property);
  }

  @Override
  public ValueDeserializer<?> createContextual(
      DeserializationContext context, @Nullable BeanProperty of) {
    return new CollectingDeserializer(
        _delegatee.createContextual(context, of), expected, of == null ? null : of.getName());
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    return read(parser, context, () -> _delegatee.deserialize(parser, context));
  }

  @Override
  public @Nullable Object deserializeWithType(
      JsonParser parser, DeserializationContext context, TypeDeserializer types) {
    return read(parser, context, () -> _delegatee.deserializeWithType(parser, context, types));
  }

  @Override
  public @Nullable Object getNullValue(DeserializationContext context) {
    if (!handledType().isPrimitive()) {
      return super.getNullValue(context);
    }
    BindingProblems problems = BindingProblems.of(context);
    return required(context, problems == null ? "" : problems.at(context.getParser()));
  }

  @Override
  public @Nullable Object getAbsentValue(DeserializationContext context) {
    if (!handledType().isPrimitive() || property == null) {
      return super.getAbsentValue(context);
    }
    // The parser is at the end of the object that lacks the property.
    BindingProblems problems = BindingProblems.of(context);
    String object = problems == null ? "" : problems.at(context.getParser());
    return required(context, object + "/" + JsonPointers.escape(property));
  }

  private @Nullable Object required(DeserializationContext context, String pointer) {
    BindingProblems problems = BindingProblems.of(context);
    if (problems == null) {
      return super.getNullValue(context);
    }
    problems.add(pointer, "required", "is required");
    return placeholder();
  }

  private @Nullable Object read(
      JsonParser parser, DeserializationContext context, Reading reading) {
    BindingProblems problems = BindingProblems.of(context);
    if (problems == null) {
      return reading.read();
    }
    JsonToken start = parser.currentToken();
    boolean isRoot = problems.isRoot(parser);
    if (!expected.accepts(start)) {
      problems.add(problems.at(parser), "type", expected.message());
      parser.skipChildren();
      return placeholder();
    }
    int depth = parser.streamReadContext().getNestingDepth();
    boolean isContainer = isRoot && !start.isScalarValue();
    int outer = isContainer ? problems.enter(depth) : 0;
    try {
      Object value = reading.read();
      if (!expected.isValue(value)) {
        problems.add(problems.at(parser), "type", expected.message());
        return placeholder();
      }
      if (NullCharacters.areIn(value)) {
        // JSON may escape it, and databases take no text with it: a failure of theirs is a 500.
        problems.add(problems.at(parser), "characters", "must not hold the character U+0000");
        return placeholder();
      }
      return value;
    } catch (InvalidDefinitionException e) {
      // A fault of the declared type and not of the input.
      throw e;
    } catch (JacksonException e) {
      // The parser of a buffered part counts depth for itself; what holds the part can be skipped.
      if (!isRoot) {
        throw e;
      }
      note(e, problems, parser, start, depth);
      skip(parser, start, depth);
      return placeholder();
    } finally {
      if (isContainer) {
        problems.leave(outer);
      }
    }
  }

  private void note(
      JacksonException thrown,
      BindingProblems problems,
      JsonParser parser,
      JsonToken start,
      int depth) {
    if (thrown instanceof ValueInstantiationException) {
      String pointer =
          start.isScalarValue() ? JsonPointers.of(parser) : JsonPointers.ofContainer(parser, depth);
      problems.add(pointer, "invalid", "is not a valid value");
    } else {
      problems.add(JsonPointers.of(parser), "type", expected.message());
    }
  }

  private static void skip(JsonParser parser, JsonToken start, int depth) {
    if (start.isScalarValue()) {
      return;
    }
    while (parser.streamReadContext().getNestingDepth() >= depth) {
      if (parser.nextToken() == null) {
        return;
      }
    }
  }

  private @Nullable Object placeholder() {
    return handledType().isPrimitive() ? ClassUtil.defaultValue(handledType()) : null;
  }

  private interface Reading {
    @Nullable Object read();
  }
}
