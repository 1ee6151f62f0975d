package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names one product of a tenant. A type of its own, so that no other id is taken for it. */
public record ProductId(UUID value) {
  public ProductId {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
