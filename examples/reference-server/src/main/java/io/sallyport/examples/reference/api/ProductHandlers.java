package io.sallyport.examples.reference.api;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.JsonBody;
import io.sallyport.core.page.Page;
import io.sallyport.examples.reference.application.ProductService;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
import io.sallyport.examples.reference.domain.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /v1/products}. */
final class ProductHandlers {
  private final ProductService products;

  ProductHandlers(ProductService products) {
    this.products = requireNonNull(products, "products");
  }

  void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CreateProduct body = JsonBody.of(request, CreateProduct.class);
    Product created = Outcomes.value(products.create(Tenants.of(request), body.command()));
    JsonAnswer.created(response, "/v1/products/" + created.id(), ProductView.of(created));
  }

  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    TenantId tenant = Tenants.of(request);
    Page<Product> page =
        Lists.page(request, response, query -> products.list(tenant, query), Lists.PRODUCT_KEY);
    JsonAnswer.ok(response, PageView.of(page, ProductView::of));
  }

  void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ProductId id = new ProductId(Inputs.id(request));
    JsonAnswer.ok(response, ProductView.of(Outcomes.value(products.find(Tenants.of(request), id))));
  }
}
