package io.sallyport.examples.reference.application;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The customers of the transaction's tenant. */
public interface CustomerRepository {
  /** Returns whether it was added; {@code false} when the mail address is taken. */
  boolean add(Customer customer);

  Optional<Customer> find(CustomerId id);

  /** As {@link #find}; others who want to change it wait until this transaction ends. */
  Optional<Customer> lock(CustomerId id);

  /**
   * Stores name, mail address and version. Returns whether it did; {@code false}, and the
   * transaction is as before, when the mail address is taken.
   */
  boolean update(Customer customer);

  /** Those of {@code ids} that exist, in one statement. */
  Map<CustomerId, Customer> findAll(Set<CustomerId> ids);

  /** Up to {@link PageQuery#fetch} rows in the order of {@link PageQuery#scan}. */
  List<Customer> list(PageQuery query);
}
