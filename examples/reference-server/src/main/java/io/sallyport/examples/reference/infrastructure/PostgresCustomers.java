package io.sallyport.examples.reference.infrastructure;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.application.CustomerRepository;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** {@link CustomerRepository} in the table {@code customers}. */
record PostgresCustomers(Handle handle, TenantId tenant) implements CustomerRepository {
  private static final String BEFORE_UPDATE = "before_update";

  /** PostgreSQL's unique_violation. */
  private static final String UNIQUE = "23505";

  @Override
  public boolean add(Customer customer) {
    return handle
            .createUpdate(
                """
                INSERT INTO customers (tenant_id, id, name, email, status, created_at)
                VALUES (:tenant, :id, :name, :email, :status, :createdAt)
                ON CONFLICT (tenant_id, lower(email)) DO NOTHING
                """)
            .bind("tenant", tenant.value())
            .bind("id", customer.id().value())
            .bind("name", customer.name())
            .bind("email", customer.email())
            .bind("status", customer.status().name())
            .bind("createdAt", customer.createdAt())
            .execute()
        == 1;
  }

  @Override
  public Optional<Customer> find(CustomerId id) {
    return handle
        .createQuery("SELECT * FROM customers WHERE tenant_id = :tenant AND id = :id")
        .bind("tenant", tenant.value())
        .bind("id", id.value())
        .map((row, context) -> customer(row))
        .findOne();
  }

  @Override
  public Optional<Customer> lock(CustomerId id) {
    return handle
        .createQuery("SELECT * FROM customers WHERE tenant_id = :tenant AND id = :id FOR UPDATE")
        .bind("tenant", tenant.value())
        .bind("id", id.value())
        .map((row, context) -> customer(row))
        .findOne();
  }

  @Override
  public boolean update(Customer customer) {
    handle.savepoint(BEFORE_UPDATE);
    try {
      handle
          .createUpdate(
              """
              UPDATE customers SET name = :name, email = :email, version = :version
              WHERE tenant_id = :tenant AND id = :id
              """)
          .bind("tenant", tenant.value())
          .bind("id", customer.id().value())
          .bind("name", customer.name())
          .bind("email", customer.email())
          .bind("version", customer.version())
          .execute();
      return true;
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE.equals(sql.getSQLState())) {
        // An UPDATE has no ON CONFLICT, and its failure would end the transaction.
        handle.rollbackToSavepoint(BEFORE_UPDATE);
        return false;
      }
      throw e;
    }
  }

  @Override
  public Map<CustomerId, Customer> findAll(Set<CustomerId> ids) {
    return handle
        .createQuery("SELECT * FROM customers WHERE tenant_id = :tenant AND id = ANY(:ids)")
        .bind("tenant", tenant.value())
        .bindArray("ids", UUID.class, ids.stream().map(CustomerId::value).toList())
        .map((row, context) -> customer(row))
        .stream()
        .collect(toUnmodifiableMap(Customer::id, Function.identity()));
  }

  @Override
  public List<Customer> list(PageQuery query) {
    return PagedTable.CUSTOMERS.fetch(handle, tenant, query, (row, context) -> customer(row));
  }

  private Customer customer(ResultSet row) throws SQLException {
    return new Customer(
        new CustomerId(Rows.uuid(row, "id")),
        tenant,
        row.getString("name"),
        row.getString("email"),
        Customer.Status.valueOf(row.getString("status")),
        Rows.instant(row, "created_at"),
        row.getLong("version"));
  }
}
