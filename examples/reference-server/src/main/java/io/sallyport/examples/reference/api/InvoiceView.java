package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceLine;
import io.sallyport.examples.reference.domain.Product;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** An invoice as clients see it. */
record InvoiceView(
    UUID id,
    long number,
    UUID customerId,
    @Size(max = 16) @Pattern(regexp = "[A-Z_]+") String status,
    @Size(max = 30) String issuedAt,
    @Size(max = 10) String dueOn,
    @Size(max = Invoice.MAX_LINES) List<Line> lines,
    MoneyView total) {
  /** One line of it. */
  record Line(
      UUID productId,
      @Size(max = Product.MAX_NAME) String description,
      int quantity,
      MoneyView unitPrice,
      MoneyView total) {
    static Line of(InvoiceLine line) {
      return new Line(
          line.product().value(),
          line.description(),
          line.quantity(),
          MoneyView.of(line.unitPrice()),
          MoneyView.of(line.total()));
    }
  }

  static InvoiceView of(Invoice invoice) {
    return new InvoiceView(
        invoice.id().value(),
        invoice.number(),
        invoice.customer().value(),
        invoice.status().name(),
        invoice.issuedAt().toString(),
        invoice.dueOn().toString(),
        invoice.lines().stream().map(Line::of).toList(),
        MoneyView.of(invoice.total()));
  }
}
