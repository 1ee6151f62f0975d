package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long records live, and what it means that nobody completed one.
 *
 * @param lifetime how long an answer is replayed
 * @param lease how long whoever claimed an operation may take
 * @param inTransaction whether an operation and its record are committed together, so that a record
 *     that is not completed proves that there was no effect
 */
public record Terms(Duration lifetime, Duration lease, boolean inTransaction) {
  public Terms {
    if (requireNonNull(lease, "lease").isNegative() || lease.isZero()) {
      throw new IllegalArgumentException("lease must be positive, was " + lease);
    }
    // A record that expired while its handler runs would let the key in again.
    if (requireNonNull(lifetime, "lifetime").compareTo(lease) <= 0) {
      throw new IllegalArgumentException(
          "lifetime must be longer than the lease of " + lease + ", was " + lifetime);
    }
  }
}
