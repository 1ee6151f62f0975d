/**
 * Idempotency keys: a request that is sent again takes effect once, and its answer is replayed. The
 * same for messages that are delivered again.
 *
 * <p>Start at {@link io.sallyport.core.idempotency.Idempotency}, what an endpoint declares, and
 * {@link io.sallyport.core.idempotency.IdempotencyFilter}, which enforces it. What is decided is in
 * {@link io.sallyport.core.idempotency.IdempotencyRecords}.
 */
@NullMarked
package io.sallyport.core.idempotency;

import org.jspecify.annotations.NullMarked;
