/**
 * The record of one request: who called which endpoint, and what every guard said about it.
 *
 * <p>Start at {@link io.sallyport.core.exchange.Exchange}.
 */
@NullMarked
package io.sallyport.core.exchange;

import org.jspecify.annotations.NullMarked;
