package io.sallyport.examples.reference.api;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.JsonBody;
import io.sallyport.examples.reference.application.InvoiceService;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /v1/invoices}. */
final class InvoiceHandlers {
  private final InvoiceService invoices;

  InvoiceHandlers(InvoiceService invoices) {
    this.invoices = requireNonNull(invoices, "invoices");
  }

  void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CreateInvoice body = JsonBody.of(request, CreateInvoice.class);
    Invoice created = Outcomes.value(invoices.create(Tenants.of(request), body.command()));
    JsonAnswer.created(response, "/v1/invoices/" + created.id(), InvoiceView.of(created));
  }

  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    JsonAnswer.ok(
        response,
        PageView.of(invoices.list(Tenants.of(request), Inputs.page(request)), InvoiceView::of));
  }

  void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    InvoiceId id = new InvoiceId(Inputs.id(request));
    JsonAnswer.ok(response, InvoiceView.of(Outcomes.value(invoices.find(Tenants.of(request), id))));
  }
}
