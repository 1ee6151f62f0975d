package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

/**
 * How a caller proves who it is, in the Authorization field of RFC 9110.
 *
 * @param name under which the document knows it: letters, digits, {@code . _ -}
 * @param scheme the authentication scheme, such as {@code bearer}
 * @param format what the credentials are, such as {@code JWT}; a hint for people
 * @param text what a caller must know
 */
public record SecurityScheme(String name, String scheme, String format, String text) {
  public SecurityScheme {
    if (!requireNonNull(name, "name").matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "name must be letters, digits and . _ - only, was \"" + name + "\"");
    }
    requireNonNull(scheme, "scheme");
    requireNonNull(format, "format");
    requireNonNull(text, "text");
  }
}
