/**
 * What a client or this server has already: conditional requests (RFC 9110 section 13), whole
 * responses (RFC 9111), and single objects or aggregates.
 *
 * <p>Start at {@link io.sallyport.core.cache.Preconditions}, {@link
 * io.sallyport.core.cache.ResponseCache} and {@link io.sallyport.core.cache.ObjectCache}.
 */
@NullMarked
package io.sallyport.core.cache;

import org.jspecify.annotations.NullMarked;
