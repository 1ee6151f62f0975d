/**
 * Who may do what: the access rule of an endpoint, policies that decide, and the filter that asks
 * them.
 *
 * <p>Start at {@link io.sallyport.security.policy.Policy}; endpoints declare {@link
 * io.sallyport.security.policy.Access}.
 */
@NullMarked
package io.sallyport.security.policy;

import org.jspecify.annotations.NullMarked;
