/**
 * The HTTP face of the use cases: the endpoint table and its handlers, which translate and decide
 * nothing. Start at {@link io.sallyport.examples.reference.api.BillingApi}.
 */
@NullMarked
package io.sallyport.examples.reference.api;

import org.jspecify.annotations.NullMarked;
