/**
 * With what header fields a response leaves. Start at {@link
 * io.sallyport.security.transport.SecurityHeadersFilter}.
 */
@NullMarked
package io.sallyport.security.transport;

import org.jspecify.annotations.NullMarked;
