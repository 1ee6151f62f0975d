package io.sallyport.core.body;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /**
   * The reference tokens of {@code pointer}; {@code null} if it breaks the grammar of section 3.
   * Section 3 knows no {@code ~} but in {@code ~0} and {@code ~1}; many parsers take any.
   */
  static @Nullable List<String> tokens(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    if (pointer.charAt(0) != '/') {
      return null;
    }
    List<String> tokens = new ArrayList<>();
    for (String token : pointer.substring(1).split("/", -1)) {
      for (int i = token.indexOf('~'); i >= 0; i = token.indexOf('~', i + 1)) {
        if (i + 1 == token.length() || (token.charAt(i + 1) != '0' && token.charAt(i + 1) != '1')) {
          return null;
        }
      }
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return List.copyOf(tokens);
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
