package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.TenantId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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
        Customer.added(
            new CustomerId(ids.next()),
            tenant,
            command.name(),
            command.email(),
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

  /**
   * Changes a customer.
   *
   * @param change makes the next version out of the current one, which nobody else can change
   *     meanwhile; what it throws leaves the customer as it was
   */
  public Outcome<Customer> change(TenantId tenant, CustomerId id, UnaryOperator<Customer> change) {
    return transactions.write(tenant, stored -> change(stored.customers(), id, change));
  }

  private static Outcome<Customer> change(
      CustomerRepository customers, CustomerId id, UnaryOperator<Customer> change) {
    Optional<Customer> current = customers.lock(id);
    if (current.isEmpty()) {
      return new Outcome.NotFound<>();
    }
    Customer next = change.apply(current.get());
    return customers.update(next)
        ? new Outcome.Done<>(next)
        : new Outcome.Conflict<>(Outcome.Reason.EMAIL_TAKEN);
  }

  /** Those of {@code ids} that exist, in one statement. */
  public Map<CustomerId, Customer> findAll(TenantId tenant, Collection<CustomerId> ids) {
    return transactions.read(tenant, stored -> stored.customers().findAll(Set.copyOf(ids)));
  }

  /** The rows of a page: up to {@link PageQuery#fetch} of them, in the order of its scan. */
  public List<Customer> list(TenantId tenant, PageQuery query) {
    return transactions.read(tenant, stored -> stored.customers().list(query));
  }
}
