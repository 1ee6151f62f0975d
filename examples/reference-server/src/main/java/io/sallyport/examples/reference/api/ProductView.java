package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Product;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/** A product as clients see it. */
record ProductView(
    UUID id,
    @Size(max = Product.MAX_SKU) String sku,
    @Size(max = Product.MAX_NAME) String name,
    MoneyView price,
    @Size(max = 16) @Pattern(regexp = "[A-Z_]+") String status,
    @Size(max = 30) String createdAt) {
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
