/**
 * What every rate limiter must do, for whoever implements one, and the tests of ours. Start at
 * {@link io.sallyport.ratelimit.testing.RateLimiterContract}.
 */
package io.sallyport.ratelimit.testing;
