/**
 * How much a client may send: limits by address and by caller, counted in buckets that refill
 * evenly, and told to the client in {@code RateLimit} fields.
 *
 * <p>Start at {@link io.sallyport.ratelimit.limit.RateLimit}, then {@link
 * io.sallyport.ratelimit.limit.RateLimitFilter}; the counting is behind {@link
 * io.sallyport.ratelimit.limit.RateLimiter}.
 */
@NullMarked
package io.sallyport.ratelimit.limit;

import org.jspecify.annotations.NullMarked;
