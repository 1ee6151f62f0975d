package io.sallyport.core.idempotency;

import io.sallyport.core.idempotency.IdempotencyRecord.InProgress;

/**
 * The right to do one operation, until it runs out or is lost to another. Held by whoever claimed
 * the operation; worth nothing once the record has changed.
 */
public final class Lease {
  private final OperationId operation;
  private final InProgress record;
  private final byte[] stored;
  private final Terms terms;

  Lease(OperationId operation, InProgress record, byte[] stored, Terms terms) {
    this.operation = operation;
    this.record = record;
    this.stored = stored;
    this.terms = terms;
  }

  /** The operation. */
  public OperationId operation() {
    return operation;
  }

  /** The terms under which it was claimed. */
  public Terms terms() {
    return terms;
  }

  InProgress record() {
    return record;
  }

  /** The record as it is in the store, encrypted or not: what a change must find there. */
  byte[] stored() {
    return stored;
  }

  @Override
  public String toString() {
    return "Lease of " + operation;
  }
}
