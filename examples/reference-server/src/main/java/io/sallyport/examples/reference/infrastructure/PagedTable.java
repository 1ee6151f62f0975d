package io.sallyport.examples.reference.infrastructure;

import io.sallyport.core.page.Keyset;
import io.sallyport.core.page.KeysetSql;
import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * A table that is listed in pages, and the columns by which it may be sorted. Each sort that an
 * endpoint allows needs the index that {@link Keyset#index} states: see the migrations.
 */
record PagedTable(String name, Keyset keyset) {
  static final PagedTable CUSTOMERS =
      new PagedTable(
          "customers", Keyset.by("name", "name", String.class).and("id", "id", UUID.class));

  static final PagedTable PRODUCTS = new PagedTable("products", Keyset.by("id", "id", UUID.class));

  static final PagedTable INVOICES =
      new PagedTable(
          "invoices",
          Keyset.by("issuedAt", "issued_at", Instant.class)
              .and("dueOn", "due_on", LocalDate.class)
              .and("id", "id", UUID.class));

  /** The tenant's rows of one page, in the order of its scan. */
  <T> List<T> fetch(Handle handle, TenantId tenant, PageQuery query, RowMapper<T> row) {
    return keyset.fetch(query, slice -> rows(handle, tenant, slice, row));
  }

  private <T> List<T> rows(Handle handle, TenantId tenant, KeysetSql slice, RowMapper<T> row) {
    KeysetSql.Named page = slice.named("page");
    return handle
        .createQuery("SELECT * FROM " + name + " WHERE tenant_id = :tenant AND " + page.sql())
        .bind("tenant", tenant.value())
        .bindMap(page.parameters())
        .map(row)
        .list();
  }
}
