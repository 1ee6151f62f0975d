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

  /**
   * Records, in the transaction of a use case, that it was done: with its effects or not at all.
   *
   * @param <T> what the use case has done
   */
  @FunctionalInterface
  interface Completion<T> {
    /** Undoes the transaction by throwing. */
    void record(T done, Transaction transaction);
  }

  /** An open transaction, for those who know what is beneath. */
  interface Transaction {
    /**
     * What the transaction is to the storage beneath, {@code java.sql.Connection} for example. It
     * must be neither committed nor closed, nor used once the work has ended.
     *
     * @throws IllegalArgumentException if it is nothing of that kind
     */
    <C> C unwrap(Class<C> type);
  }

  /** The repositories of one transaction; not to be used after it. */
  interface Repositories {
    CustomerRepository customers();

    ProductRepository products();

    InvoiceRepository invoices();

    UserRepository users();

    /** The transaction itself, for a {@link Completion}. */
    Transaction transaction();
  }
}
