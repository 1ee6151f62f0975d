package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.store.ExpiringStore;
import jakarta.servlet.ServletRequest;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;

/**
 * The operation behind a request that was granted its idempotency key, for the handler.
 *
 * <pre>{@code
 * IdempotentRequest operation = IdempotentRequest.of(request);
 * payments.insert(connection, payment);
 * operation.completeIn(connection, StoredResponse.of(201).body("application/json", json));
 * connection.commit();
 * }</pre>
 */
public final class IdempotentRequest {
  private static final String ATTRIBUTE = IdempotentRequest.class.getName();

  private final OperationListener operation;
  private final Function<Connection, ExpiringStore> joining;

  IdempotentRequest(OperationListener operation, Function<Connection, ExpiringStore> joining) {
    this.operation = operation;
    this.joining = joining;
  }

  /**
   * The operation of {@code request}.
   *
   * @throws IllegalStateException if the request has none: no key, or no filter
   */
  public static IdempotentRequest of(ServletRequest request) {
    return find(request)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no idempotent operation; declare .with(Idempotency.required()) on the endpoint"
                        + " and add an IdempotencyFilter to the chain"));
  }

  /** The operation of {@code request}; empty where it carries no key. */
  public static Optional<IdempotentRequest> find(ServletRequest request) {
    return Optional.ofNullable((IdempotentRequest) request.getAttribute(ATTRIBUTE));
  }

  void bindTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  OperationListener listener() {
    return operation;
  }

  /**
   * Names the operation, in the logs and to whoever it is passed on to. Stable over repetitions.
   */
  public OperationId operation() {
    return operation.operation();
  }

  /**
   * Completes the operation in the transaction of {@code connection}: the record changes when and
   * only when that transaction commits. The filter then answers with {@code response}, read back
   * from the record; what the handler wrote to its own response is dropped.
   *
   * @throws LeaseLostException if the lease was lost; roll back, and throw it on
   * @throws IllegalStateException if the endpoint does not say {@code inTransaction()}
   * @throws IllegalArgumentException if the body is larger than the endpoint keeps
   * @throws io.sallyport.core.store.StoreUnavailableException if the record could not be changed;
   *     roll back
   */
  public void completeIn(Connection connection, StoredResponse response) {
    operation.completeIn(joining.apply(requireNonNull(connection, "connection")), response);
  }

  /**
   * Says that the operation failed and had no effect, whatever the answer will be, so that its key
   * may be used again. Without it an unexpected failure leaves the operation uncertain.
   */
  public void failedWithoutEffect() {
    operation.failedWithoutEffect();
  }
}
