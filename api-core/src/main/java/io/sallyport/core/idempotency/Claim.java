package io.sallyport.core.idempotency;

import java.time.Duration;

/** What {@link IdempotencyRecords#claim} answers. */
public sealed interface Claim {
  /** The operation is yours: do it, then complete or release the lease. */
  record Granted(Lease lease) implements Claim {}

  /** It was done; this was the answer. */
  record Done(StoredResponse response) implements Claim {}

  /** It was done; the answer, of {@code status}, was too large to be kept. */
  record DoneUnkept(int status) implements Claim {}

  /** Somebody works on it, for {@code leaseLeft} at most. */
  record Busy(Duration leaseLeft) implements Claim {}

  /** The key was used for another request. */
  record Reused() implements Claim {}

  /** It may have been done; whoever knows is the log of the exchange {@code exchangeId}. */
  record Doubtful(String exchangeId) implements Claim {}
}
