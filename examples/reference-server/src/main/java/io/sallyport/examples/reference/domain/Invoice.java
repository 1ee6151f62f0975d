package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * A demand for payment, issued once and never edited. All lines are in one currency, and {@link
 * #total} is their sum.
 *
 * @param number counts the tenant's invoices from 1 without gaps, as tax offices want it
 */
public record Invoice(
    InvoiceId id,
    TenantId tenant,
    long number,
    CustomerId customer,
    LocalDate dueOn,
    Status status,
    List<InvoiceLine> lines,
    Instant issuedAt) {
  public static final int MAX_LINES = 100;

  /** An invoice is paid or taken back; neither is undone. */
  public enum Status {
    ISSUED,
    PAID,
    VOID
  }

  public Invoice {
    requireNonNull(id, "id");
    requireNonNull(tenant, "tenant");
    if (number < 1) {
      throw new IllegalArgumentException("number must be at least 1, was " + number);
    }
    requireNonNull(customer, "customer");
    requireNonNull(dueOn, "dueOn");
    requireNonNull(status, "status");
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new IllegalArgumentException(
          "lines must be 1 to " + MAX_LINES + ", were " + lines.size());
    }
    requireOneCurrency(lines);
    requireNonNull(issuedAt, "issuedAt");
  }

  public Currency currency() {
    return lines.get(0).unitPrice().currency();
  }

  public Money total() {
    return lines.stream().map(InvoiceLine::total).reduce(new Money(0, currency()), Money::plus);
  }

  private static void requireOneCurrency(List<InvoiceLine> lines) {
    if (lines.stream().map(line -> line.unitPrice().currency()).distinct().count() > 1) {
      throw new IllegalArgumentException("lines must be in one currency");
    }
  }
}
