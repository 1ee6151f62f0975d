/**
 * Related entities in one answer, {@code ?expand=customer,lines.product}: what may be asked for, at
 * what cost, and how a handler loads it with one statement a relation.
 *
 * <p>Start at {@link io.sallyport.core.expand.Expand}, the facet; its guard is {@link
 * io.sallyport.core.expand.ExpandFilter}, and handlers use {@link
 * io.sallyport.core.expand.Expansion}.
 */
@NullMarked
package io.sallyport.core.expand;

import org.jspecify.annotations.NullMarked;
