/**
 * Versions of an API, by path or by media type: which one a request means, until when it lives, and
 * who still uses it.
 *
 * <p>Start at {@link io.sallyport.core.version.Versioning}, the facet, and {@link
 * io.sallyport.core.version.VersionFilter}, its guard.
 */
@NullMarked
package io.sallyport.core.version;

import org.jspecify.annotations.NullMarked;
