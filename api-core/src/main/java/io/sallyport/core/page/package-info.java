/**
 * Lists in pages: sealed cursors, keyset SQL, {@code Link} header fields.
 *
 * <p>An endpoint declares its order by {@link io.sallyport.core.page.Paging}, the {@link
 * io.sallyport.core.page.PagingFilter} reads {@code limit}, {@code sort} and {@code cursor}, and a
 * handler starts at {@link io.sallyport.core.page.PageRequest}. Rows come from a database by {@link
 * io.sallyport.core.page.Keyset}.
 */
@NullMarked
package io.sallyport.core.page;

import org.jspecify.annotations.NullMarked;
