package io.sallyport.examples.reference.infrastructure;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.application.CustomerRepository;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link CustomerRepository} in the table {@code customers}. */
record PostgresCustomers(Handle handle, TenantId tenant) implements CustomerRepository {
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
  public List<Customer> list(PageQuery query) {
    return Keysets.CUSTOMERS.fetch(handle, tenant, query, (row, context) -> customer(row));
  }

  private Customer customer(ResultSet row) throws SQLException {
    return new Customer(
        new CustomerId(Rows.uuid(row, "id")),
        tenant,
        row.getString("name"),
        row.getString("email"),
        Customer.Status.valueOf(row.getString("status")),
        Rows.instant(row, "created_at"));
  }
}
