package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For operators: ends doubts by what they found out. Safe for concurrent use.
 *
 * <p>Look up the operation by the reference of the problem or the log line, find out by the
 * exchange id whether it had its effect, and say so. What is said counts only if the operation is
 * still in doubt; a handler that comes to an end after that cannot change it. Be sure that the
 * handler does not run any more before saying that there was no effect.
 */
public final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  private final IdempotencyRecords records;
  private final Duration lifetime;

  /** Ends doubts in {@code records}; answers are then replayed for {@code lifetime}. */
  public Reconciliation(IdempotencyRecords records, Duration lifetime) {
    this.records = requireNonNull(records, "records");
    if (requireNonNull(lifetime, "lifetime").isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("lifetime must be positive, was " + lifetime);
    }
    this.lifetime = lifetime;
  }

  /** The doubt about {@code operation}; empty if there is none. */
  public Optional<Doubt> find(OperationId operation) {
    return records.doubtOf(operation);
  }

  /**
   * The operation had its effect; {@code response} is what its client is told from now on.
   *
   * @return {@code false} if the doubt has ended meanwhile, in which case nothing was changed
   */
  public boolean completed(Doubt doubt, StoredResponse response) {
    boolean settled = records.settle(doubt, response, lifetime);
    LOG.warn("{} reconciled as completed: {}", doubt, settled);
    return settled;
  }

  /**
   * The operation had no effect, and will have none: its key may be used again.
   *
   * @return {@code false} if the doubt has ended meanwhile, in which case nothing was changed
   */
  public boolean failedWithoutEffect(Doubt doubt) {
    boolean released = records.release(doubt);
    LOG.warn("{} reconciled as failed without effect: {}", doubt, released);
    return released;
  }
}
