package io.sallyport.examples.reference.api;

import static io.sallyport.core.expand.Relation.many;
import static io.sallyport.core.expand.Relation.one;
import static java.util.Objects.requireNonNull;

import io.sallyport.core.expand.Expand;
import io.sallyport.core.expand.Expansion;
import io.sallyport.examples.reference.application.CustomerService;
import io.sallyport.examples.reference.application.ProductService;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceLine;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
import io.sallyport.examples.reference.domain.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a client may have shown together with invoices, {@code ?expand=customer,lines.product}: by
 * one statement for each relation, however many invoices there are.
 */
final class InvoiceRelations {
  /** The lines are always shown; they are named because of what hangs on them. */
  static final Expand EXPAND = Expand.of(one("customer"), many("lines", 20, one("product")));

  private final CustomerService customers;
  private final ProductService products;

  InvoiceRelations(CustomerService customers, ProductService products) {
    this.customers = requireNonNull(customers, "customers");
    this.products = requireNonNull(products, "products");
  }

  /** How to show {@code invoices}, with what {@code request} asks to expand. */
  Function<Invoice, InvoiceView> views(
      HttpServletRequest request, TenantId tenant, List<Invoice> invoices) {
    Expansion expansion = Expansion.of(request);
    Map<CustomerId, Customer> customersById =
        expansion.load(
            "customer", invoices, Invoice::customer, ids -> customers.findAll(tenant, ids));
    List<InvoiceLine> lines =
        invoices.stream().flatMap(invoice -> invoice.lines().stream()).toList();
    Map<ProductId, Product> productsById =
        expansion.load(
            "lines.product", lines, InvoiceLine::product, ids -> products.findAll(tenant, ids));
    return invoice -> InvoiceView.of(invoice, customersById, productsById);
  }
}
