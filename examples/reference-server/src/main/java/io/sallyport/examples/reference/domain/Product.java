package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What is sold, at a price. The stock-keeping unit is unique within the tenant. */
public record Product(
    ProductId id,
    TenantId tenant,
    String sku,
    String name,
    Money price,
    Status status,
    Instant createdAt) {
  public static final int MAX_SKU = 64;
  public static final int MAX_NAME = 200;

  /** With {@link InvoiceLine#MAX_QUANTITY} and {@link Invoice#MAX_LINES}, no total overflows. */
  public static final long MAX_PRICE = 1_000_000_000_000L;

  /** A retired product is kept for the invoices that name it, and is sold no more. */
  public enum Status {
    ACTIVE,
    RETIRED
  }

  public Product {
    requireNonNull(id, "id");
    requireNonNull(tenant, "tenant");
    Text.required(sku, "sku", MAX_SKU);
    Text.required(name, "name", MAX_NAME);
    requireNonNull(price, "price");
    if (price.minorUnits() > MAX_PRICE) {
      throw new IllegalArgumentException("price must be at most " + MAX_PRICE + " minor units");
    }
    requireNonNull(status, "status");
    requireNonNull(createdAt, "createdAt");
  }

  public boolean isSold() {
    return status == Status.ACTIVE;
  }
}
