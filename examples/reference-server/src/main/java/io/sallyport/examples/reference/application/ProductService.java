package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.Money;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
import io.sallyport.examples.reference.domain.TenantId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Creates, reads and lists products. */
public final class ProductService {
  private final Transactions transactions;
  private final IdGenerator ids;
  private final InstantSource clock;

  public ProductService(Transactions transactions, IdGenerator ids, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.ids = requireNonNull(ids, "ids");
    this.clock = requireNonNull(clock, "clock");
  }

  /** What a new product is made from. */
  public record NewProduct(String sku, String name, Money price) {}

  public Outcome<Product> create(TenantId tenant, NewProduct command) {
    Product product =
        new Product(
            new ProductId(ids.next()),
            tenant,
            command.sku(),
            command.name(),
            command.price(),
            Product.Status.ACTIVE,
            StoredTime.now(clock));
    boolean added = transactions.write(tenant, stored -> stored.products().add(product));
    return added ? new Outcome.Done<>(product) : new Outcome.Conflict<>(Outcome.Reason.SKU_TAKEN);
  }

  public Outcome<Product> find(TenantId tenant, ProductId id) {
    return transactions
        .read(tenant, stored -> stored.products().find(id))
        .<Outcome<Product>>map(Outcome.Done::new)
        .orElseGet(Outcome.NotFound::new);
  }

  /** Those of {@code ids} that exist, in one statement. */
  public Map<ProductId, Product> findAll(TenantId tenant, Collection<ProductId> ids) {
    return transactions.read(tenant, stored -> stored.products().findAll(Set.copyOf(ids)));
  }

  /** The rows of a page: up to {@link PageQuery#fetch} of them, in the order of its scan. */
  public List<Product> list(TenantId tenant, PageQuery query) {
    return transactions.read(tenant, stored -> stored.products().list(query));
  }
}
