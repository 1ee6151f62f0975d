package io.sallyport.examples.reference.application;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import java.util.List;
import java.util.Optional;

/** The customers of the transaction's tenant. */
public interface CustomerRepository {
  /** Returns whether it was added; {@code false} when the mail address is taken. */
  boolean add(Customer customer);

  Optional<Customer> find(CustomerId id);

  /** Up to {@link PageQuery#fetch} rows in the order of {@link PageQuery#scan}. */
  List<Customer> list(PageQuery query);
}
