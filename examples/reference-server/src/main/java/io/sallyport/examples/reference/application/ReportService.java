package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import io.sallyport.examples.reference.domain.TenantId;
import java.util.List;

/** Sums over all invoices of a tenant. They cost more than anything else here: limit them. */
public final class ReportService {
  private final Transactions transactions;

  public ReportService(Transactions transactions) {
    this.transactions = requireNonNull(transactions, "transactions");
  }

  public List<Receivable> receivables(TenantId tenant) {
    return transactions.read(tenant, stored -> stored.invoices().receivables());
  }
}
