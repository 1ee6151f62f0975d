package io.sallyport.core.describe;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Java's regular expressions as ECMA-262 ones, which is what JSON Schema asks for.
 *
 * <p>Most are the same in both. What Java alone has is not translated: a pattern that means another
 * thing to the reader is worse than none.
 */
public final class EcmaPattern {
  // Quoting, possessive quantifiers, inline flags, atomic groups, class intersections and unions,
  // Java's own anchors and property names.
  private static final Pattern JAVA_ONLY =
      Pattern.compile("\\\\[QEAzZGRXhHvVNae0cp]|\\\\x\\{|[*+?}]\\+|\\(\\?[^:=!<]|&&|\\[[^\\]]*\\[");

  private EcmaPattern() {}

  /** An ECMA-262 pattern for what {@code java} matches as a whole, where there is a sure one. */
  public static Optional<String> whole(Pattern java) {
    return java.flags() == 0 ? whole(java.pattern()) : Optional.empty();
  }

  /** An ECMA-262 pattern for what {@code java} matches as a whole, where there is a sure one. */
  public static Optional<String> whole(String java) {
    return JAVA_ONLY.matcher(java).find() ? Optional.empty() : Optional.of("^(?:" + java + ")$");
  }
}
