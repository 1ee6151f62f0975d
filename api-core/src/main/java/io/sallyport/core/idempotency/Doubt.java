package io.sallyport.core.idempotency;

/** An operation of which nobody knows whether it had an effect. Ends in {@link Reconciliation}. */
public final class Doubt {
  private final OperationId operation;
  private final String exchangeId;
  private final Fingerprint fingerprint;
  private final byte[] stored;

  Doubt(OperationId operation, String exchangeId, Fingerprint fingerprint, byte[] stored) {
    this.operation = operation;
    this.exchangeId = exchangeId;
    this.fingerprint = fingerprint;
    this.stored = stored;
  }

  /** The operation. */
  public OperationId operation() {
    return operation;
  }

  /** The exchange that may have done it: the error id under which it is in the logs. */
  public String exchangeId() {
    return exchangeId;
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  byte[] stored() {
    return stored;
  }

  @Override
  public String toString() {
    return "Doubt about operation " + operation + " of exchange " + exchangeId;
  }
}
