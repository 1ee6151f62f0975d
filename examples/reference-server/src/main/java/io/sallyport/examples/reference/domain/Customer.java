package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** Who is billed. The mail address is unique within the tenant. */
public record Customer(
    CustomerId id, TenantId tenant, String name, String email, Status status, Instant createdAt) {
  public static final int MAX_NAME = 200;
  public static final int MAX_EMAIL = 254;

  /** A closed customer is kept for its invoices, and gets no new ones. */
  public enum Status {
    ACTIVE,
    CLOSED
  }

  public Customer {
    requireNonNull(id, "id");
    requireNonNull(tenant, "tenant");
    Text.required(name, "name", MAX_NAME);
    Text.required(email, "email", MAX_EMAIL);
    requireNonNull(status, "status");
    requireNonNull(createdAt, "createdAt");
  }

  public boolean isActive() {
    return status == Status.ACTIVE;
  }
}
