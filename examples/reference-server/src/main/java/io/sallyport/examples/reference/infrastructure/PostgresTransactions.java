package io.sallyport.examples.reference.infrastructure;

import io.sallyport.examples.reference.application.CustomerRepository;
import io.sallyport.examples.reference.application.InvoiceRepository;
import io.sallyport.examples.reference.application.ProductRepository;
import io.sallyport.examples.reference.application.StorageUnavailableException;
import io.sallyport.examples.reference.application.Transactions;
import io.sallyport.examples.reference.application.UnknownTenantException;
import io.sallyport.examples.reference.application.UserRepository;
import io.sallyport.examples.reference.domain.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that tell PostgreSQL their tenant first; its row-level security does the confining.
 *
 * <p>The repositories name the tenant in each statement as well, for the index and as a second
 * wall.
 */
final class PostgresTransactions implements Transactions {
  private final Jdbi jdbi;

  PostgresTransactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public <T> T read(TenantId tenant, Function<Repositories, T> work) {
    return run(tenant, true, work);
  }

  @Override
  public <T> T write(TenantId tenant, Function<Repositories, T> work) {
    return run(tenant, false, work);
  }

  private <T> T run(TenantId tenant, boolean readOnly, Function<Repositories, T> work) {
    try (Handle handle = jdbi.open()) {
      handle.setReadOnly(readOnly);
      return handle.inTransaction(
          transaction -> {
            enter(transaction, tenant);
            if (!readOnly) {
              requireKnown(transaction, tenant);
            }
            return work.apply(new PostgresRepositories(transaction, tenant));
          });
    } catch (JdbiException e) {
      if (isOutage(e)) {
        throw new StorageUnavailableException("the database did not answer", e);
      }
      throw e;
    }
  }

  /** Until the end of the transaction only, so that the pooled connection carries nothing over. */
  private static void enter(Handle handle, TenantId tenant) {
    handle
        .createQuery("SELECT set_config('app.tenant', :tenant, true)")
        .bind("tenant", tenant.value())
        .mapTo(String.class)
        .one();
  }

  // Reads of a tenant that does not exist find nothing; a write would break a foreign key.
  private static void requireKnown(Handle handle, TenantId tenant) {
    boolean known =
        handle
            .createQuery("SELECT EXISTS (SELECT FROM tenants WHERE id = :tenant)")
            .bind("tenant", tenant.value())
            .mapTo(Boolean.class)
            .one();
    if (!known) {
      throw new UnknownTenantException();
    }
  }

  private static boolean isOutage(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        // Connection lost; resources exhausted; shutdown or timeout; lock timeout; rolled back.
        return state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57")
            || state.startsWith("55P03")
            || state.startsWith("40");
      }
    }
    return false;
  }

  private record PostgresTransaction(Handle handle) implements Transaction {
    @Override
    public <C> C unwrap(Class<C> type) {
      if (!type.equals(Connection.class)) {
        throw new IllegalArgumentException("must be Connection.class, was " + type.getName());
      }
      return type.cast(handle.getConnection());
    }
  }

  private record PostgresRepositories(Handle handle, TenantId tenant) implements Repositories {
    @Override
    public CustomerRepository customers() {
      return new PostgresCustomers(handle, tenant);
    }

    @Override
    public ProductRepository products() {
      return new PostgresProducts(handle, tenant);
    }

    @Override
    public InvoiceRepository invoices() {
      return new PostgresInvoices(handle, tenant);
    }

    @Override
    public UserRepository users() {
      return new PostgresUsers(handle, tenant);
    }

    @Override
    public Transaction transaction() {
      return new PostgresTransaction(handle);
    }
  }
}
