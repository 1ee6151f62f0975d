package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.problem.Violation.In;

/**
 * One path, query or header parameter.
 *
 * @param in where it is; not the body
 * @param name its name
 * @param required whether a request without it is refused
 * @param value the rules of its value
 * @param text what it is for; empty when its name says it
 */
public record ParameterDescription(
    In in, String name, boolean required, ValueDescription value, String text) {
  public ParameterDescription {
    requireNonNull(in, "in");
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    requireNonNull(text, "text");
    if (in == In.BODY) {
      throw new IllegalArgumentException("in must be PATH, QUERY or HEADER, was BODY");
    }
  }

  /** A query parameter that may be absent. */
  public static ParameterDescription query(String name, ValueDescription value) {
    return new ParameterDescription(In.QUERY, name, false, value, "");
  }

  /** A header field that may be absent. */
  public static ParameterDescription header(String name, ValueDescription value) {
    return new ParameterDescription(In.HEADER, name, false, value, "");
  }

  /** This parameter, which must be there. */
  public ParameterDescription mandatory() {
    return new ParameterDescription(in, name, true, value, text);
  }

  /** This parameter with a sentence on what it is for. */
  public ParameterDescription text(String sentence) {
    return new ParameterDescription(in, name, required, value, sentence);
  }
}
