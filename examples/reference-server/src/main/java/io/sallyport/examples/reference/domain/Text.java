package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

/** The rule that every short text of the domain keeps. */
final class Text {
  private Text() {}

  static String required(String text, String name, int maxLength) {
    requireNonNull(text, name);
    if (text.isBlank() || text.length() > maxLength) {
      throw new IllegalArgumentException(
          name + " must have 1 to " + maxLength + " characters that are not all blank");
    }
    return text;
  }
}
