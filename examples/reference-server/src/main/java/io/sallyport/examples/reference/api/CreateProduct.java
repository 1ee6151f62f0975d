package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.application.ProductService.NewProduct;
import io.sallyport.examples.reference.domain.Money;
import io.sallyport.examples.reference.domain.Product;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** The body of {@code POST /v1/products}. */
record CreateProduct(
    @NotBlank @Size(max = Product.MAX_SKU) @Pattern(regexp = Inputs.NO_CONTROLS) String sku,
    @NotBlank @Size(max = Product.MAX_NAME) @Pattern(regexp = Inputs.NO_CONTROLS) String name,
    @NotNull @Valid Price price) {
  /** Currencies with which the tenants trade; others would need another number of decimals. */
  private static final String CURRENCIES = "EUR|USD|GBP|CHF";

  /** {@code amount} is in minor units. */
  record Price(
      @NotNull @Min(0) @Max(Product.MAX_PRICE) Long amount,
      @NotNull @Pattern(regexp = CURRENCIES) String currency) {}

  NewProduct command() {
    return new NewProduct(sku, name, Money.of(price.amount(), price.currency()));
  }
}
