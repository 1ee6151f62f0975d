package io.sallyport.examples.reference.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param value as it was given; empty when it was missing, or is a secret
 */
public record Fault(String key, Optional<String> value, String rule, String remedy) {
  @Override
  public String toString() {
    return key + value.map(v -> " = \"" + v + "\"").orElse("") + " " + rule + "; " + remedy;
  }
}
