package io.sallyport.core.body;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The {@code Content-Type} of a body, RFC 9110 section 8.3.1. */
final class BodyMediaType {
  private static final Pattern DECLARABLE =
      Pattern.compile("application/(json|[a-z0-9][a-z0-9.-]{0,62}\\+json)");
  private static final Set<String> PARAMETERS = Set.of("charset=utf-8", "charset=\"utf-8\"");

  private BodyMediaType() {}

  static boolean isDeclarable(String mediaType) {
    return DECLARABLE.matcher(mediaType).matches();
  }

  /**
   * Whether the field lines are one that names {@code mediaType}, with no parameter but the charset
   * utf-8. Any other parameter is refused: neither JSON nor a form has one, and a second reader may
   * honour it.
   */
  static boolean matches(List<String> lines, String mediaType) {
    if (lines.size() != 1) {
      return false;
    }
    String field = lines.get(0).toLowerCase(Locale.ROOT);
    int semicolon = field.indexOf(';');
    if (semicolon < 0) {
      return field.strip().equals(mediaType);
    }
    return field.substring(0, semicolon).strip().equals(mediaType)
        && PARAMETERS.contains(field.substring(semicolon + 1).strip());
  }
}
