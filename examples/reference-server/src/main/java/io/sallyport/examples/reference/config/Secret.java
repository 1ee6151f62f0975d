package io.sallyport.examples.reference.config;

import static java.util.Objects.requireNonNull;

/** A text that must reach no log: it prints as {@code ***}. */
public record Secret(String reveal) {
  public Secret {
    requireNonNull(reveal, "reveal");
  }

  @Override
  public String toString() {
    return "***";
  }
}
