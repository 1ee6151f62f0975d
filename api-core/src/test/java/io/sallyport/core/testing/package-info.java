/**
 * What tests need: real servers on loopback ports ({@link io.sallyport.core.testing.JettyServer},
 * {@link io.sallyport.core.testing.PostgresServer}, {@link io.sallyport.core.testing.RedisServer}),
 * a network that fails when told, and clocks that move when told.
 */
@NullMarked
package io.sallyport.core.testing;

import org.jspecify.annotations.NullMarked;
