/**
 * What every token validator and every policy must do, for whoever writes one, and the tests of
 * ours. Start at {@link io.sallyport.security.testing.TokenValidatorContract} and {@link
 * io.sallyport.security.testing.PolicyContract}.
 */
package io.sallyport.security.testing;
