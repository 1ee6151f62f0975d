package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who is billed. The mail address is unique within the tenant.
 *
 * @param version counts the changes from 1, so that nobody overwrites one that he has not seen
 */
public record Customer(
    CustomerId id,
    TenantId tenant,
    String name,
    String email,
    Status status,
    Instant createdAt,
    long version) {
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
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, was " + version);
    }
  }

  /** A customer as it is when it is added. */
  public static Customer added(
      CustomerId id, TenantId tenant, String name, String email, Instant createdAt) {
    return new Customer(id, tenant, name, email, Status.ACTIVE, createdAt, 1);
  }

  /** The next version of this customer, under another name or mail address. */
  public Customer renamed(String newName, String newEmail) {
    return new Customer(id, tenant, newName, newEmail, status, createdAt, version + 1);
  }

  public boolean isActive() {
    return status == Status.ACTIVE;
  }
}
