/**
 * Who calls: bearer tokens, and what makes one acceptable.
 *
 * <p>Start at {@link io.sallyport.security.token.TokenValidator}; {@link
 * io.sallyport.security.token.JwtValidator} is the one for JWT access tokens, RFC 9068.
 */
@NullMarked
package io.sallyport.security.token;

import org.jspecify.annotations.NullMarked;
