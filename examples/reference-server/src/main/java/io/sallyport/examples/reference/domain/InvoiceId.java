package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names one invoice of a tenant. A type of its own, so that no other id is taken for it. */
public record InvoiceId(UUID value) {
  public InvoiceId {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
