package io.sallyport.examples.reference.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceLine;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as clients see it.
 *
 * @param customer the customer as it is now, where the client asked for it
 */
record InvoiceView(
    UUID id,
    long number,
    UUID customerId,
    @Size(max = 16) @Pattern(regexp = "[A-Z_]+") String status,
    @Size(max = 30) String issuedAt,
    @Size(max = 10) String dueOn,
    @Size(max = Invoice.MAX_LINES) List<Line> lines,
    MoneyView total,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CustomerView customer) {
  /**
   * One line of it.
   *
   * @param product the product as it is now, where the client asked for it; what was sold, and at
   *     what price, the line itself says
   */
  record Line(
      UUID productId,
      @Size(max = Product.MAX_NAME) String description,
      int quantity,
      MoneyView unitPrice,
      MoneyView total,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ProductView product) {
    static Line of(InvoiceLine line, Map<ProductId, Product> products) {
      Product product = products.get(line.product());
      return new Line(
          line.product().value(),
          line.description(),
          line.quantity(),
          MoneyView.of(line.unitPrice()),
          MoneyView.of(line.total()),
          product == null ? null : ProductView.of(product));
    }
  }

  static InvoiceView of(Invoice invoice) {
    return of(invoice, Map.of(), Map.of());
  }

  /** With those of its relations that were loaded. */
  static InvoiceView of(
      Invoice invoice, Map<CustomerId, Customer> customers, Map<ProductId, Product> products) {
    Customer customer = customers.get(invoice.customer());
    return new InvoiceView(
        invoice.id().value(),
        invoice.number(),
        invoice.customer().value(),
        invoice.status().name(),
        invoice.issuedAt().toString(),
        invoice.dueOn().toString(),
        invoice.lines().stream().map(line -> Line.of(line, products)).toList(),
        MoneyView.of(invoice.total()),
        customer == null ? null : CustomerView.of(customer));
  }
}
