/**
 * Who is at the other end: the authenticated {@link io.sallyport.core.caller.Caller} and the {@link
 * io.sallyport.core.caller.ClientAddress}.
 */
@NullMarked
package io.sallyport.core.caller;

import org.jspecify.annotations.NullMarked;
