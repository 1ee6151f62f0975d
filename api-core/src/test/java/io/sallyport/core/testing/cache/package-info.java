/**
 * What every bus between caches must do, for whoever implements one, and the tests of ours. Start
 * at {@link io.sallyport.core.testing.cache.InvalidationBusContract}.
 */
@NullMarked
package io.sallyport.core.testing.cache;

import org.jspecify.annotations.NullMarked;
