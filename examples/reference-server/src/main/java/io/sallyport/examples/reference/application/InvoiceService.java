package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.application.Transactions.Repositories;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceId;
import io.sallyport.examples.reference.domain.InvoiceLine;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
import io.sallyport.examples.reference.domain.TenantId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues, reads and lists invoices. */
public final class InvoiceService {
  private final Transactions transactions;
  private final IdGenerator ids;
  private final InstantSource clock;

  public InvoiceService(Transactions transactions, IdGenerator ids, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.ids = requireNonNull(ids, "ids");
    this.clock = requireNonNull(clock, "clock");
  }

  /** What an invoice is made from. Prices are the products' own: a caller never sets one. */
  public record NewInvoice(CustomerId customer, LocalDate dueOn, List<Line> lines) {
    public NewInvoice {
      lines = List.copyOf(lines);
    }

    /** Some of one product. */
    public record Line(ProductId product, int quantity) {}
  }

  /**
   * Issues an invoice.
   *
   * @param completion recorded together with the invoice; not called if there is none
   */
  public Outcome<Invoice> create(
      TenantId tenant, NewInvoice command, Transactions.Completion<Invoice> completion) {
    return transactions.write(
        tenant,
        stored -> {
          Outcome<Invoice> outcome = create(tenant, command, stored);
          if (outcome instanceof Outcome.Done<Invoice> done) {
            completion.record(done.value(), stored.transaction());
          }
          return outcome;
        });
  }

  public Outcome<Invoice> find(TenantId tenant, InvoiceId id) {
    return transactions
        .read(tenant, stored -> stored.invoices().find(id))
        .<Outcome<Invoice>>map(Outcome.Done::new)
        .orElseGet(Outcome.NotFound::new);
  }

  /** The rows of a page: up to {@link PageQuery#fetch} of them, in the order of its scan. */
  public List<Invoice> list(TenantId tenant, PageQuery query) {
    return transactions.read(tenant, stored -> stored.invoices().list(query));
  }

  private Outcome<Invoice> create(TenantId tenant, NewInvoice command, Repositories stored) {
    Optional<Customer> customer = stored.customers().find(command.customer());
    if (customer.isEmpty()) {
      return new Outcome.UnknownReference<>("/customerId");
    }
    if (!customer.get().isActive()) {
      return new Outcome.Conflict<>(Outcome.Reason.CUSTOMER_CLOSED);
    }
    Map<ProductId, Product> products =
        stored
            .products()
            .findAll(
                command.lines().stream()
                    .map(NewInvoice.Line::product)
                    .collect(toUnmodifiableSet()));
    Optional<Outcome<Invoice>> refusal = refusal(command, products);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Invoice invoice =
        new Invoice(
            new InvoiceId(ids.next()),
            tenant,
            // Last, since the tenant's other writers wait from here on.
            stored.invoices().nextNumber(),
            command.customer(),
            command.dueOn(),
            Invoice.Status.ISSUED,
            priced(command, products),
            StoredTime.now(clock));
    stored.invoices().add(invoice);
    return new Outcome.Done<>(invoice);
  }

  private static Optional<Outcome<Invoice>> refusal(
      NewInvoice command, Map<ProductId, Product> products) {
    for (int i = 0; i < command.lines().size(); i++) {
      if (!products.containsKey(command.lines().get(i).product())) {
        return Optional.of(new Outcome.UnknownReference<>("/lines/" + i + "/productId"));
      }
    }
    if (!products.values().stream().allMatch(Product::isSold)) {
      return Optional.of(new Outcome.Conflict<>(Outcome.Reason.PRODUCT_RETIRED));
    }
    if (products.values().stream().map(p -> p.price().currency()).distinct().count() > 1) {
      return Optional.of(new Outcome.Conflict<>(Outcome.Reason.CURRENCIES_DIFFER));
    }
    return Optional.empty();
  }

  private static List<InvoiceLine> priced(NewInvoice command, Map<ProductId, Product> products) {
    List<InvoiceLine> lines = new ArrayList<>();
    for (NewInvoice.Line line : command.lines()) {
      Product product = requireNonNull(products.get(line.product()), "product");
      lines.add(new InvoiceLine(product.id(), product.name(), line.quantity(), product.price()));
    }
    return lines;
  }
}
