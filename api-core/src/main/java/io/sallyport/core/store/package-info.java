/**
 * State that expires and that nodes may share: one small SPI beneath idempotency, replay detection,
 * revocation and message deduplication.
 *
 * <p>Start at {@link io.sallyport.core.store.ExpiringStore}. Every backend passes the published
 * contract test of this package.
 */
@NullMarked
package io.sallyport.core.store;

import org.jspecify.annotations.NullMarked;
