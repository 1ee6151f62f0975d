/**
 * The OpenAPI 3.1 document of an endpoint table, and the endpoints that serve it.
 *
 * <p>Start at {@link io.sallyport.core.openapi.OpenApiDocument}. What the document says comes from
 * the facets and guards that are {@link io.sallyport.core.describe.Described}.
 */
@NullMarked
package io.sallyport.core.openapi;

import org.jspecify.annotations.NullMarked;
