package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.idempotency.IdempotencyRecord.Completed;
import io.sallyport.core.idempotency.IdempotencyRecord.CompletedUnkept;
import io.sallyport.core.idempotency.IdempotencyRecord.InProgress;
import io.sallyport.core.idempotency.IdempotencyRecord.Uncertain;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who does an operation, and keeps what became of it. Safe for concurrent use, and between
 * nodes that share a store.
 *
 * <p>Every change is one compare-and-set on one record, so that of any number of claims one is
 * granted, and of any number of endings one counts. A record in progress stays in the store beyond
 * its lease, for its whole lifetime: a lease that ran out is never mistaken for an operation that
 * was never begun.
 *
 * <p>Every method throws {@link StoreUnavailableException} where the store cannot say what it did,
 * and {@link UnreadableRecordException} where a record cannot be read.
 */
public final class IdempotencyRecords {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyRecords.class);
  private static final int FENCE_BYTES = 16;

  // Each round is lost only to somebody who made progress, or to a record that expired meanwhile.
  private static final int MAX_ROUNDS = 16;

  private final ExpiringStore store;
  private final RecordEncryption encryption;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** Records in {@code store}, as they are. */
  public IdempotencyRecords(ExpiringStore store, InstantSource clock) {
    this(store, RecordEncryption.none(), clock);
  }

  /** Records in {@code store}, encrypted. The clocks of nodes may differ by less than a lease. */
  public IdempotencyRecords(ExpiringStore store, RecordEncryption encryption, InstantSource clock) {
    this.store = requireNonNull(store, "store");
    this.encryption = requireNonNull(encryption, "encryption");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Claims {@code operation} for the exchange {@code exchangeId}, if nobody has.
   *
   * <p>An operation whose lease ran out is claimed anew only where {@code terms} say that effect
   * and record are committed together; it is {@link Claim.Doubtful} otherwise.
   */
  public Claim claim(
      OperationId operation, Fingerprint fingerprint, Terms terms, String exchangeId) {
    Lease mine = lease(operation, fingerprint, terms, exchangeId);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (putIfAbsent(mine)) {
        return new Claim.Granted(mine);
      }
      Optional<byte[]> stored = store.get(operation.storeKey());
      if (stored.isEmpty()) {
        continue;
      }
      IdempotencyRecord found = decode(operation, stored.get());
      if (!mayBeTakenOver(found, fingerprint, terms)) {
        return standing(found, fingerprint);
      }
      if (store.replace(operation.storeKey(), stored.get(), mine.stored(), terms.lifetime())) {
        LOG.warn(
            "operation {} of exchange {} is taken over by exchange {}",
            operation,
            found.exchangeId(),
            exchangeId);
        return new Claim.Granted(mine);
      }
    }
    throw new StoreUnavailableException("an operation could not be claimed, it changed too often");
  }

  /** What became of {@code operation}; empty where it was not begun, or failed without effect. */
  public Optional<Claim> find(OperationId operation, Fingerprint fingerprint) {
    return read(operation).map(found -> standing(found, fingerprint));
  }

  /**
   * Ends the operation with its answer.
   *
   * @return {@code false} if the lease was lost, in which case nothing was changed
   */
  public boolean complete(Lease lease, StoredResponse response) {
    return replace(store, lease, completed(lease, response));
  }

  /**
   * Ends the operation with its answer in the transaction of {@code joined}, a view of the same
   * store: the record changes when and only when that transaction commits.
   *
   * @throws LeaseLostException if the lease was lost; the transaction must be rolled back
   */
  public void completeIn(ExpiringStore joined, Lease lease, StoredResponse response) {
    if (!replace(joined, lease, completed(lease, response))) {
      throw new LeaseLostException(lease.operation());
    }
  }

  /**
   * Ends the operation without keeping its answer, which was too large.
   *
   * @return {@code false} if the lease was lost
   */
  public boolean completeUnkept(Lease lease, int status) {
    InProgress mine = lease.record();
    return replace(
        store, lease, new CompletedUnkept(mine.fingerprint(), mine.exchangeId(), status));
  }

  /**
   * Ends the operation as failed without effect: its key is as good as new.
   *
   * @return {@code false} if the lease was lost, or the operation is completed
   */
  public boolean release(Lease lease) {
    return store.remove(lease.operation().storeKey(), lease.stored());
  }

  /**
   * Ends the operation as one of which nobody knows whether it had an effect.
   *
   * @return {@code false} if the lease was lost
   */
  public boolean doubt(Lease lease) {
    InProgress mine = lease.record();
    return replace(store, lease, new Uncertain(mine.fingerprint(), mine.exchangeId()));
  }

  /** The answer with which the holder of {@code lease} completed the operation, if it did. */
  public Optional<StoredResponse> completedBy(Lease lease) {
    return read(lease.operation())
        .filter(
            found ->
                found instanceof Completed completed
                    && completed.fence().equals(lease.record().fence()))
        .map(found -> ((Completed) found).response());
  }

  /**
   * The record under {@code operation} with its stored bytes, if nobody knows what became of it.
   */
  Optional<Doubt> doubtOf(OperationId operation) {
    return store
        .get(operation.storeKey())
        .flatMap(
            stored -> {
              IdempotencyRecord found = decode(operation, stored);
              return isDoubtful(found)
                  ? Optional.of(
                      new Doubt(operation, found.exchangeId(), found.fingerprint(), stored))
                  : Optional.empty();
            });
  }

  /** Ends a doubt by what an operator found out; {@code false} if it has ended already. */
  boolean settle(Doubt doubt, StoredResponse response, Duration lifetime) {
    IdempotencyRecord known =
        new Completed(doubt.fingerprint(), doubt.exchangeId(), fence(), response);
    return store.replace(
        doubt.operation().storeKey(), doubt.stored(), encode(doubt.operation(), known), lifetime);
  }

  /** Ends a doubt as failed without effect; {@code false} if it has ended already. */
  boolean release(Doubt doubt) {
    return store.remove(doubt.operation().storeKey(), doubt.stored());
  }

  private boolean putIfAbsent(Lease mine) {
    String key = mine.operation().storeKey();
    try {
      return store.putIfAbsent(key, mine.stored(), mine.terms().lifetime());
    } catch (StoreUnavailableException e) {
      // It may be in the store all the same, and would look like a handler that died.
      forget(mine, e);
      throw e;
    }
  }

  private void forget(Lease mine, StoreUnavailableException cause) {
    try {
      store.remove(mine.operation().storeKey(), mine.stored());
    } catch (StoreUnavailableException e) {
      cause.addSuppressed(e);
    }
  }

  private Lease lease(
      OperationId operation, Fingerprint fingerprint, Terms terms, String exchangeId) {
    // Milliseconds, as the store has it.
    Instant until = Instant.ofEpochMilli(clock.instant().plus(terms.lease()).toEpochMilli());
    InProgress record = new InProgress(fingerprint, exchangeId, fence(), until);
    return new Lease(operation, record, encode(operation, record), terms);
  }

  private boolean mayBeTakenOver(IdempotencyRecord found, Fingerprint fingerprint, Terms terms) {
    return terms.inTransaction()
        && found instanceof InProgress working
        && found.fingerprint().equals(fingerprint)
        && hasRunOut(working);
  }

  private Claim standing(IdempotencyRecord found, Fingerprint fingerprint) {
    if (!found.fingerprint().equals(fingerprint)) {
      return new Claim.Reused();
    } else if (found instanceof Completed completed) {
      return new Claim.Done(completed.response());
    } else if (found instanceof CompletedUnkept unkept) {
      return new Claim.DoneUnkept(unkept.status());
    } else if (found instanceof InProgress working && !hasRunOut(working)) {
      return new Claim.Busy(Duration.between(clock.instant(), working.leaseUntil()));
    }
    return new Claim.Doubtful(found.exchangeId());
  }

  private boolean isDoubtful(IdempotencyRecord found) {
    return found instanceof Uncertain
        || (found instanceof InProgress working && hasRunOut(working));
  }

  // At leaseUntil the lease has run out.
  private boolean hasRunOut(InProgress working) {
    return !clock.instant().isBefore(working.leaseUntil());
  }

  private static Completed completed(Lease lease, StoredResponse response) {
    InProgress mine = lease.record();
    return new Completed(mine.fingerprint(), mine.exchangeId(), mine.fence(), response);
  }

  private boolean replace(ExpiringStore target, Lease lease, IdempotencyRecord next) {
    return target.replace(
        lease.operation().storeKey(),
        lease.stored(),
        encode(lease.operation(), next),
        lease.terms().lifetime());
  }

  private Optional<IdempotencyRecord> read(OperationId operation) {
    return store.get(operation.storeKey()).map(stored -> decode(operation, stored));
  }

  private byte[] encode(OperationId operation, IdempotencyRecord record) {
    return encryption.seal(operation, RecordCodec.encode(record));
  }

  private IdempotencyRecord decode(OperationId operation, byte[] stored) {
    return RecordCodec.decode(encryption.open(operation, stored));
  }

  private String fence() {
    byte[] fence = new byte[FENCE_BYTES];
    random.nextBytes(fence);
    return HexFormat.of().formatHex(fence);
  }
}
