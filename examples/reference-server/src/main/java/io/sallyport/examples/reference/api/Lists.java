package io.sallyport.examples.reference.api;

import io.sallyport.core.page.Page;
import io.sallyport.core.page.PageQuery;
import io.sallyport.core.page.PageRequest;
import io.sallyport.core.page.Paging;
import io.sallyport.core.page.RowKey;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.Product;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Function;

/** How each list is sorted and paged. Every sort here has its index in the migrations. */
final class Lists {
  /** In the order of creation, which is that of the ids. */
  static final Paging CUSTOMERS = Paging.sortedBy("id").allowSort("name");

  static final Paging PRODUCTS = Paging.sortedBy("id");

  /** The latest first. What is expanded chooses no rows, so it may change from page to page. */
  static final Paging INVOICES =
      Paging.sortedBy("-issuedAt", "-id").allowSort("dueOn").cursorNotBoundTo("expand");

  static final RowKey<Customer> CUSTOMER_KEY =
      RowKey.<Customer>of("name", Customer::name).and("id", customer -> customer.id().value());
  static final RowKey<Product> PRODUCT_KEY = RowKey.of("id", product -> product.id().value());
  static final RowKey<Invoice> INVOICE_KEY =
      RowKey.<Invoice>of("issuedAt", Invoice::issuedAt)
          .and("dueOn", Invoice::dueOn)
          .and("id", invoice -> invoice.id().value());

  private Lists() {}

  /** The page that {@code request} asks for, with its {@code Link} set. */
  static <T> Page<T> page(
      HttpServletRequest request,
      HttpServletResponse response,
      Function<PageQuery, List<T>> list,
      RowKey<T> key) {
    PageRequest paging = PageRequest.of(request);
    Page<T> page = paging.page(list.apply(paging.query()), key);
    page.linkTo(response::addHeader);
    return page;
  }
}
