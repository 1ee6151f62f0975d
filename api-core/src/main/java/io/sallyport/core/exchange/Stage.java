package io.sallyport.core.exchange;

/**
 * The stages of a request's journey, in their order.
 *
 * <p>The order is deliberate: everything refused is still observed, nothing costly runs before the
 * cheap refusals, nothing is parsed for a caller who may not ask, and a rejected body never uses up
 * an idempotency key.
 */
public enum Stage {
  /** What happened, how long did it take. */
  OBSERVE,
  /** How does a failure look from outside. */
  PROBLEM,
  /** May it come over this wire, and with what headers does it leave. */
  TRANSPORT,
  /** Which endpoint is it. */
  ROUTE,
  /** Can we take it now. */
  ADMIT,
  /** Who calls. */
  AUTHENTICATE,
  /** Has this caller had its share. */
  LIMIT,
  /** May this caller do this. */
  AUTHORIZE,
  /** Is the input sound. */
  VALIDATE,
  /** Have we done this already. */
  REPLAY,
  /** Does the client have it already. */
  CACHE
}
