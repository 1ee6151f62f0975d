package io.sallyport.core.idempotency;

/**
 * Thrown to a handler whose lease ran out and whose operation somebody else has claimed, or an
 * operator has settled. Its transaction must be rolled back; thrown on, it answers the client with
 * what became of the operation.
 */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(OperationId operation) {
    super("the lease of operation " + operation + " was lost; roll back");
  }
}
