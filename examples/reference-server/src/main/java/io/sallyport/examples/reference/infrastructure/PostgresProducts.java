package io.sallyport.examples.reference.infrastructure;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.application.ProductRepository;
import io.sallyport.examples.reference.domain.Money;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
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

/** {@link ProductRepository} in the table {@code products}. */
record PostgresProducts(Handle handle, TenantId tenant) implements ProductRepository {
  @Override
  public boolean add(Product product) {
    return handle
            .createUpdate(
                """
                INSERT INTO products
                  (tenant_id, id, sku, name, price_minor, currency, status, created_at)
                VALUES (:tenant, :id, :sku, :name, :price, :currency, :status, :createdAt)
                ON CONFLICT (tenant_id, sku) DO NOTHING
                """)
            .bind("tenant", tenant.value())
            .bind("id", product.id().value())
            .bind("sku", product.sku())
            .bind("name", product.name())
            .bind("price", product.price().minorUnits())
            .bind("currency", product.price().currency().getCurrencyCode())
            .bind("status", product.status().name())
            .bind("createdAt", product.createdAt())
            .execute()
        == 1;
  }

  @Override
  public Optional<Product> find(ProductId id) {
    return handle
        .createQuery("SELECT * FROM products WHERE tenant_id = :tenant AND id = :id")
        .bind("tenant", tenant.value())
        .bind("id", id.value())
        .map((row, context) -> product(row))
        .findOne();
  }

  @Override
  public Map<ProductId, Product> findAll(Set<ProductId> ids) {
    return handle
        .createQuery("SELECT * FROM products WHERE tenant_id = :tenant AND id = ANY(:ids)")
        .bind("tenant", tenant.value())
        .bindArray("ids", UUID.class, ids.stream().map(ProductId::value).toList())
        .map((row, context) -> product(row))
        .stream()
        .collect(toUnmodifiableMap(Product::id, Function.identity()));
  }

  @Override
  public List<Product> list(PageQuery query) {
    return PagedTable.PRODUCTS.fetch(handle, tenant, query, (row, context) -> product(row));
  }

  private Product product(ResultSet row) throws SQLException {
    return new Product(
        new ProductId(Rows.uuid(row, "id")),
        tenant,
        row.getString("sku"),
        row.getString("name"),
        Money.of(row.getLong("price_minor"), row.getString("currency")),
        Product.Status.valueOf(row.getString("status")),
        Rows.instant(row, "created_at"));
  }
}
