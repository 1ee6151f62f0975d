package io.sallyport.examples.reference.infrastructure;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.application.InvoiceRepository;
import io.sallyport.examples.reference.application.Receivable;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceId;
import io.sallyport.examples.reference.domain.InvoiceLine;
import io.sallyport.examples.reference.domain.Money;
import io.sallyport.examples.reference.domain.ProductId;
import io.sallyport.examples.reference.domain.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@link InvoiceRepository} in the tables {@code invoices} and {@code invoice_lines}. */
record PostgresInvoices(Handle handle, TenantId tenant) implements InvoiceRepository {
  @Override
  public long nextNumber() {
    return handle
        .createQuery(
            """
            UPDATE tenants SET last_invoice_number = last_invoice_number + 1
            WHERE id = :tenant RETURNING last_invoice_number
            """)
        .bind("tenant", tenant.value())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public void add(Invoice invoice) {
    handle
        .createUpdate(
            """
            INSERT INTO invoices
              (tenant_id, id, number, customer_id, currency, due_on, status, issued_at)
            VALUES (:tenant, :id, :number, :customer, :currency, :dueOn, :status, :issuedAt)
            """)
        .bind("tenant", tenant.value())
        .bind("id", invoice.id().value())
        .bind("number", invoice.number())
        .bind("customer", invoice.customer().value())
        .bind("currency", invoice.currency().getCurrencyCode())
        .bind("dueOn", invoice.dueOn())
        .bind("status", invoice.status().name())
        .bind("issuedAt", invoice.issuedAt())
        .execute();
    addLines(invoice);
  }

  @Override
  public Optional<Invoice> find(InvoiceId id) {
    List<Head> heads =
        handle
            .createQuery("SELECT * FROM invoices WHERE tenant_id = :tenant AND id = :id")
            .bind("tenant", tenant.value())
            .bind("id", id.value())
            .map((row, context) -> head(row))
            .list();
    return withLines(heads).stream().findFirst();
  }

  @Override
  public List<Invoice> list(PageQuery query) {
    return withLines(PagedTable.INVOICES.fetch(handle, tenant, query, (row, context) -> head(row)));
  }

  @Override
  public List<Receivable> receivables() {
    return handle
        .createQuery(
            """
            SELECT i.currency, count(DISTINCT i.id) AS invoices,
              sum(CAST(l.quantity AS numeric) * l.unit_price_minor) AS minor_units
            FROM invoices i JOIN invoice_lines l ON (l.tenant_id, l.invoice_id) = (i.tenant_id, i.id)
            WHERE i.tenant_id = :tenant AND i.status = 'ISSUED'
            GROUP BY i.currency ORDER BY i.currency
            """)
        .bind("tenant", tenant.value())
        .map(
            (row, context) ->
                new Receivable(
                    Currency.getInstance(row.getString("currency")),
                    row.getLong("invoices"),
                    row.getBigDecimal("minor_units").toBigIntegerExact()))
        .list();
  }

  private void addLines(Invoice invoice) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO invoice_lines (tenant_id, invoice_id, position, product_id, description,
              quantity, unit_price_minor)
            VALUES (:tenant, :invoice, :position, :product, :description, :quantity, :unitPrice)
            """);
    int position = 0;
    for (InvoiceLine line : invoice.lines()) {
      position++;
      batch
          .bind("tenant", tenant.value())
          .bind("invoice", invoice.id().value())
          .bind("position", position)
          .bind("product", line.product().value())
          .bind("description", line.description())
          .bind("quantity", line.quantity())
          .bind("unitPrice", line.unitPrice().minorUnits())
          .add();
    }
    batch.execute();
  }

  private List<Invoice> withLines(List<Head> heads) {
    if (heads.isEmpty()) {
      return List.of();
    }
    Map<UUID, Head> byId = new HashMap<>();
    heads.forEach(head -> byId.put(head.id(), head));
    Map<UUID, List<InvoiceLine>> lines = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT * FROM invoice_lines WHERE tenant_id = :tenant AND invoice_id = ANY(:invoices)
            ORDER BY invoice_id, position
            """)
        .bind("tenant", tenant.value())
        .bindArray("invoices", UUID.class, List.copyOf(byId.keySet()))
        .map((row, context) -> line(row, byId))
        .forEach(
            line ->
                lines.computeIfAbsent(line.invoice(), id -> new ArrayList<>()).add(line.line()));
    return heads.stream().map(head -> invoice(head, lines)).toList();
  }

  private Invoice invoice(Head head, Map<UUID, List<InvoiceLine>> lines) {
    return new Invoice(
        new InvoiceId(head.id()),
        tenant,
        head.number(),
        head.customer(),
        head.dueOn(),
        head.status(),
        lines.getOrDefault(head.id(), List.of()),
        head.issuedAt());
  }

  private static LineOf line(ResultSet row, Map<UUID, Head> heads) throws SQLException {
    UUID invoice = Rows.uuid(row, "invoice_id");
    Head head = heads.get(invoice);
    if (head == null) {
      throw new IllegalStateException("a line of an invoice that was not asked for");
    }
    return new LineOf(
        invoice,
        new InvoiceLine(
            new ProductId(Rows.uuid(row, "product_id")),
            row.getString("description"),
            row.getInt("quantity"),
            Money.of(row.getLong("unit_price_minor"), head.currency())));
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(
        Rows.uuid(row, "id"),
        row.getLong("number"),
        new CustomerId(Rows.uuid(row, "customer_id")),
        row.getString("currency"),
        row.getObject("due_on", LocalDate.class),
        Invoice.Status.valueOf(row.getString("status")),
        Rows.instant(row, "issued_at"));
  }

  /** An invoice without its lines. */
  private record Head(
      UUID id,
      long number,
      CustomerId customer,
      String currency,
      LocalDate dueOn,
      Invoice.Status status,
      Instant issuedAt) {}

  private record LineOf(UUID invoice, InvoiceLine line) {}
}
