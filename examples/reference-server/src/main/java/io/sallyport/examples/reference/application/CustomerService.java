package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.TenantId;
import java.time.InstantSource;
import java.util.List;

/** Creates, reads and lists customers. */
public final class CustomerService {
  private final Transactions transactions;
  private final IdGenerator ids;
  private final InstantSource clock;

  public CustomerService(Transactions transactions, IdGenerator ids, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.ids = requireNonNull(ids, "ids");
    this.clock = requireNonNull(clock, "clock");
  }

  /** What a new customer is made from. */
  public record NewCustomer(String name, String email) {}

  public Outcome<Customer> create(TenantId tenant, NewCustomer command) {
    Customer customer =
        new Customer(
            new CustomerId(ids.next()),
            tenant,
            command.name(),
            command.email(),
            Customer.Status.ACTIVE,
            StoredTime.now(clock));
    boolean added = transactions.write(tenant, stored -> stored.customers().add(customer));
    return added
        ? new Outcome.Done<>(customer)
        : new Outcome.Conflict<>(Outcome.Reason.EMAIL_TAKEN);
  }

  public Outcome<Customer> find(TenantId tenant, CustomerId id) {
    return transactions
        .read(tenant, stored -> stored.customers().find(id))
        .<Outcome<Customer>>map(Outcome.Done::new)
        .orElseGet(Outcome.NotFound::new);
  }

  /** The rows of a page: up to {@link PageQuery#fetch} of them, in the order of its scan. */
  public List<Customer> list(TenantId tenant, PageQuery query) {
    return transactions.read(tenant, stored -> stored.customers().list(query));
  }
}
