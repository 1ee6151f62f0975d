package io.sallyport.core.idempotency;

import java.time.Instant;

/**
 * What the store knows of an operation. An operation that was never claimed, and one that failed
 * without an effect, has no record.
 */
sealed interface IdempotencyRecord {
  /** What was asked. */
  Fingerprint fingerprint();

  /** The id of the exchange that claimed the operation: the error id under which it was logged. */
  String exchangeId();

  /**
   * Somebody works on it, until {@code leaseUntil}; from that instant on nobody knows.
   *
   * @param fence distinguishes this claim from every other
   */
  record InProgress(Fingerprint fingerprint, String exchangeId, String fence, Instant leaseUntil)
      implements IdempotencyRecord {}

  /** It was done, and this was the answer. */
  record Completed(
      Fingerprint fingerprint, String exchangeId, String fence, StoredResponse response)
      implements IdempotencyRecord {}

  /** It was done, and the answer was too large to be kept. */
  record CompletedUnkept(Fingerprint fingerprint, String exchangeId, int status)
      implements IdempotencyRecord {}

  /** It may have been done, or in part, or not. */
  record Uncertain(Fingerprint fingerprint, String exchangeId) implements IdempotencyRecord {}
}
