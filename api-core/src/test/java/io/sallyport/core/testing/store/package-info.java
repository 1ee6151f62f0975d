/**
 * What every store must do, for whoever implements one, and the tests of ours. Start at {@link
 * io.sallyport.core.testing.store.ExpiringStoreContract}.
 */
@NullMarked
package io.sallyport.core.testing.store;

import org.jspecify.annotations.NullMarked;
