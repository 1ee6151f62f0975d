package io.sallyport.examples.reference.infrastructure;

import io.sallyport.examples.reference.application.UserRepository;
import io.sallyport.examples.reference.domain.TenantId;
import io.sallyport.examples.reference.domain.User;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@link UserRepository} in the table {@code users}. */
record PostgresUsers(Handle handle, TenantId tenant) implements UserRepository {
  @Override
  public List<User> list() {
    return handle
        .createQuery("SELECT * FROM users WHERE tenant_id = :tenant ORDER BY subject")
        .bind("tenant", tenant.value())
        .map(
            (row, context) ->
                new User(
                    tenant,
                    row.getString("subject"),
                    row.getString("display_name"),
                    Set.of((String[]) row.getArray("roles").getArray())))
        .list();
  }
}
