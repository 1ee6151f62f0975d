package io.sallyport.examples.reference.application;

import io.sallyport.examples.reference.domain.TenantId;
import java.util.function.Function;

/**
 * Runs work in one transaction that sees the rows of one tenant only.
 *
 * <p>The work commits when it returns and is undone when it throws. Implementations must be safe
 * for concurrent use, and must confine even a statement that names no tenant.
 */
public interface Transactions {
  /** Runs work that changes nothing; an attempt to write fails. */
  <T> T read(TenantId tenant, Function<Repositories, T> work);

  <T> T write(TenantId tenant, Function<Repositories, T> work);

  /** The repositories of one transaction; not to be used after it. */
  interface Repositories {
    CustomerRepository customers();

    ProductRepository products();

    InvoiceRepository invoices();

    UserRepository users();
  }
}
