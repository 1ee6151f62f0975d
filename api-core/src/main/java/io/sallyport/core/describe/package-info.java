/**
 * What a facet or a guard means for whoever calls an endpoint, told without a document format.
 *
 * <p>Start at {@link io.sallyport.core.describe.Described}. Facets and filters tell; {@code
 * io.sallyport.core.openapi} listens. Nothing here knows JSON or the servlet API.
 */
@NullMarked
package io.sallyport.core.describe;

import org.jspecify.annotations.NullMarked;
