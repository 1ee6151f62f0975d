package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.application.InvoiceService.NewInvoice;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceLine;
import io.sallyport.examples.reference.domain.ProductId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The body of {@code POST /v1/invoices}. It has no prices: those are the products'. */
record CreateInvoice(
    @NotNull UUID customerId,
    @NotNull LocalDate dueOn,
    @NotNull @Size(min = 1, max = Invoice.MAX_LINES) List<@NotNull @Valid Line> lines) {
  /** Some of one product. */
  record Line(
      @NotNull UUID productId, @NotNull @Min(1) @Max(InvoiceLine.MAX_QUANTITY) Integer quantity) {}

  NewInvoice command() {
    return new NewInvoice(
        new CustomerId(customerId),
        dueOn,
        lines.stream()
            .map(line -> new NewInvoice.Line(new ProductId(line.productId()), line.quantity()))
            .toList());
  }
}
