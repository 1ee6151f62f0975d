package io.sallyport.examples.reference.application;

import io.sallyport.core.page.PageQuery;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The products of the transaction's tenant. */
public interface ProductRepository {
  /** Returns whether it was added; {@code false} when the stock-keeping unit is taken. */
  boolean add(Product product);

  Optional<Product> find(ProductId id);

  /** Those of {@code ids} that exist, in one statement. */
  Map<ProductId, Product> findAll(Set<ProductId> ids);

  /** Up to {@link PageQuery#fetch} rows in the order of {@link PageQuery#scan}. */
  List<Product> list(PageQuery query);
}
