/**
 * How much a client may send, how much a server takes on, and how a dependency is asked. Each of
 * these has a package of its own below this one.
 */
@NullMarked
package io.sallyport.ratelimit;

import org.jspecify.annotations.NullMarked;
