package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

/**
 * One header field of an answer.
 *
 * @param name its name
 * @param value the rules of its value
 * @param text what it says
 */
public record HeaderDescription(String name, ValueDescription value, String text) {
  public HeaderDescription {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    requireNonNull(text, "text");
  }
}
