package io.sallyport.core.body;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Content-Type} of JSON, RFC 9110 section 8.3.1 and RFC 8259 section 8.1. */
final class JsonMediaType {
  private static final Pattern DECLARABLE =
      Pattern.compile("application/(json|[a-z0-9][a-z0-9.-]{0,62}\\+json)");
  private static final Pattern FIELD =
      Pattern.compile(
          "([a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,64})(?:[ \t]*;[ \t]*charset=(?:utf-8|\"utf-8\"))?");

  private JsonMediaType() {}

  static boolean isDeclarable(String mediaType) {
    return DECLARABLE.matcher(mediaType).matches();
  }

  /**
   * Whether the field lines are one that names {@code mediaType}, with no parameter but the charset
   * utf-8. Any other parameter is refused: JSON has none, and a second reader may honour it.
   */
  static boolean matches(List<String> lines, String mediaType) {
    if (lines.size() != 1) {
      return false;
    }
    Matcher field = FIELD.matcher(lines.get(0).strip().toLowerCase(Locale.ROOT));
    return field.matches() && mediaType.equals(field.group(1));
  }
}
