package io.sallyport.core.body;

import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;

/** JSON pointers, RFC 6901. */
final class JsonPointers {
  private JsonPointers() {}

  /** The reference token for {@code name}: {@code ~} and {@code /} are escaped, section 3. */
  static String escape(String name) {
    return name.indexOf('~') < 0 && name.indexOf('/') < 0
        ? name
        : name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer of the value that {@code parser} is at. */
  static String of(JsonParser parser) {
    return parser.streamReadContext().pathAsPointer().toString();
  }

  /** The pointer of the array or object at {@code depth} that {@code parser} is in. */
  static String ofContainer(JsonParser parser, int depth) {
    TokenStreamContext context = parser.streamReadContext();
    while (context.getNestingDepth() >= depth && context.getParent() != null) {
      context = context.getParent();
    }
    return context.pathAsPointer().toString();
  }
}
