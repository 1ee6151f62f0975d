package io.sallyport.core.page;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * The page that a request asks for, checked, and what makes its answer:
 *
 * <pre>{@code
 * PageRequest paging = PageRequest.of(request);
 * Page<InvoiceView> page =
 *     paging.page(invoices.list(paging.query()), KEY).map(InvoiceView::of);
 * page.linkTo(response::addHeader);
 * }</pre>
 *
 * <p>Used by one thread at a time.
 */
public final class PageRequest {
  private static final String ATTRIBUTE = PageRequest.class.getName();

  private final RequestedPage requested;

  PageRequest(RequestedPage requested) {
    this.requested = requested;
  }

  /**
   * The page that {@code request} asks for.
   *
   * @throws IllegalStateException if no guard has checked it
   */
  public static PageRequest of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof PageRequest page) {
      return page;
    }
    throw new IllegalStateException(
        "no page request; declare .with(Paging.sortedBy(...)) on the endpoint and add a"
            + " PagingFilter, not in shadow, to the chain");
  }

  /** Makes {@link #of} find this. */
  void bindTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** What to fetch, for a repository. */
  public PageQuery query() {
    return requested.query();
  }

  /**
   * The page of the rows that were found.
   *
   * @param fetched up to {@link PageQuery#fetch} rows in the order of {@link PageQuery#scan}
   * @param key reads the sort columns out of a row
   * @throws IllegalArgumentException if the sort values of a row do not fit into a cursor
   */
  public <T> Page<T> page(List<T> fetched, RowKey<T> key) {
    return requested.of(fetched, key);
  }
}
