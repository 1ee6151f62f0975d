package io.sallyport.examples.reference.api;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.JsonBody;
import io.sallyport.core.idempotency.IdempotentRequest;
import io.sallyport.core.idempotency.StoredResponse;
import io.sallyport.core.page.Page;
import io.sallyport.examples.reference.application.InvoiceService;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceId;
import io.sallyport.examples.reference.domain.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.util.List;

/** {@code /v1/invoices}. */
final class InvoiceHandlers {
  private final InvoiceService invoices;
  private final InvoiceRelations relations;

  InvoiceHandlers(InvoiceService invoices, InvoiceRelations relations) {
    this.invoices = requireNonNull(invoices, "invoices");
    this.relations = requireNonNull(relations, "relations");
  }

  /** Answers by the record of its idempotency key, which is committed with the invoice. */
  void create(HttpServletRequest request, HttpServletResponse response) {
    CreateInvoice body = JsonBody.of(request, CreateInvoice.class);
    IdempotentRequest operation = IdempotentRequest.of(request);
    Outcomes.value(
        invoices.create(
            Tenants.of(request),
            body.command(),
            (created, transaction) ->
                operation.completeIn(transaction.unwrap(Connection.class), answer(created))));
  }

  private static StoredResponse answer(Invoice created) {
    return JsonAnswer.recorded("/v1/invoices/" + created.id(), InvoiceView.of(created));
  }

  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    TenantId tenant = Tenants.of(request);
    Page<Invoice> page =
        Lists.page(request, response, query -> invoices.list(tenant, query), Lists.INVOICE_KEY);
    JsonAnswer.ok(response, PageView.of(page, relations.views(request, tenant, page.items())));
  }

  void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    InvoiceId id = new InvoiceId(Inputs.id(request));
    TenantId tenant = Tenants.of(request);
    Invoice invoice = Outcomes.value(invoices.find(tenant, id));
    JsonAnswer.ok(response, relations.views(request, tenant, List.of(invoice)).apply(invoice));
  }
}
