package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Product;
import java.util.UUID;

/** A product as clients see it. */
record ProductView(
    UUID id, String sku, String name, MoneyView price, String status, String createdAt) {
  static ProductView of(Product product) {
    return new ProductView(
        product.id().value(),
        product.sku(),
        product.name(),
        MoneyView.of(product.price()),
        product.status().name(),
        product.createdAt().toString());
  }
}
