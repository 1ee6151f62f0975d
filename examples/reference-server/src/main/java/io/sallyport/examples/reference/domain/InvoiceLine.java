package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

/**
 * Some of one product on an invoice.
 *
 * <p>It keeps its own copy of name and price: an invoice that was issued does not change when the
 * product does.
 */
public record InvoiceLine(ProductId product, String description, int quantity, Money unitPrice) {
  public static final int MAX_QUANTITY = 10_000;

  public InvoiceLine {
    requireNonNull(product, "product");
    Text.required(description, "description", Product.MAX_NAME);
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "quantity must be 1 to " + MAX_QUANTITY + ", was " + quantity);
    }
    requireNonNull(unitPrice, "unitPrice");
  }

  public Money total() {
    return unitPrice.times(quantity);
  }
}
