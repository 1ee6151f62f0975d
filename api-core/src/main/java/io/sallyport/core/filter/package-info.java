/**
 * Filters: the shape that every guard has, the chain that composes them, and the two that every
 * chain needs.
 *
 * <p>Start at {@link io.sallyport.core.filter.ApiFilterChain}, then {@link
 * io.sallyport.core.filter.Guard}.
 */
@NullMarked
package io.sallyport.core.filter;

import org.jspecify.annotations.NullMarked;
