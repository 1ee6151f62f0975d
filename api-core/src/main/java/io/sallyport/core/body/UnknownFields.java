package io.sallyport.core.body;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/** Notes each field that the type does not have, and goes on, unless unknown fields are allowed. */
final class UnknownFields extends DeserializationProblemHandler {
  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      @Nullable ValueDeserializer<?> reader,
      Object beanOrClass,
      String name) {
    BindingProblems problems = BindingProblems.of(context);
    if (problems == null || !context.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
      return false;
    }
    // A field before the last argument of a constructor is kept until the constructor has run, so
    // that the parser is past it here.
    String pointer = problems.container() + "/" + JsonPointers.escape(name);
    problems.add(pointer, "unknown-field", "is not a known field");
    parser.skipChildren();
    return true;
  }
}
