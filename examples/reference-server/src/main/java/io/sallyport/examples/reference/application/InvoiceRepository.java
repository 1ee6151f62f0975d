package io.sallyport.examples.reference.application;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceId;
import java.util.List;
import java.util.Optional;

/** The invoices of the transaction's tenant, always with their lines. */
public interface InvoiceRepository {
  /**
   * Takes the tenant's next invoice number. Given back if the transaction is undone, hence without
   * gaps; the tenant's other writers wait for this one.
   */
  long nextNumber();

  void add(Invoice invoice);

  Optional<Invoice> find(InvoiceId id);

  /**
   * Up to {@link PageQuery#fetch} rows in the order of {@link PageQuery#scan}, by two statements,
   * however many there are.
   */
  List<Invoice> list(PageQuery query);

  /** The sums of the invoices that are issued and not paid, in the order of their currencies. */
  List<Receivable> receivables();
}
