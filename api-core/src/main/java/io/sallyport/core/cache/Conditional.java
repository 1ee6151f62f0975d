package io.sallyport.core.cache;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import java.util.List;
import java.util.Set;

/**
 * How an endpoint takes part in conditional requests. {@link ConditionalFilter} enforces it.
 *
 * @param mode what is asked of the request, or done for the response
 * @param maxBytes for computed tags, the largest body that gets one; 0 otherwise
 */
public record Conditional(Mode mode, int maxBytes) implements Facet, Described {
  private static final Set<String> WRITES = Set.of("PUT", "PATCH", "DELETE", "POST");
  private static final int MOST = 16 * 1024 * 1024;

  /** The two ways. */
  public enum Mode {
    /** A write must name the version that it replaces. */
    REQUIRED,
    /** A read gets a tag that is computed from its body. */
    COMPUTED
  }

  public Conditional {
    if (mode == Mode.COMPUTED && (maxBytes < 1 || maxBytes > MOST)) {
      throw new IllegalArgumentException(
          "maxBytes must be 1 to " + MOST + ", was " + maxBytes + "; 1 MiB suits most endpoints");
    }
  }

  /**
   * A write that must carry {@code If-Match} with a tag, or, to create, {@code If-None-Match: *};
   * without either it is refused with 428. Its handler compares, inside its transaction, by {@link
   * ConditionalRequest#check}: one that does not is a fault, and its success becomes 500.
   */
  public static Conditional required() {
    return new Conditional(Mode.REQUIRED, 0);
  }

  /**
   * A read whose successful answer gets a strong tag of its bytes, up to 1 MiB, and that is
   * answered 304 when the client has them. The handler runs all the same: this saves the transfer.
   * A handler that sets an {@code ETag} of its own keeps it.
   */
  public static Conditional computed() {
    return computed(1024 * 1024);
  }

  /** As {@link #computed()}, for bodies up to {@code maxBytes}; larger ones pass without a tag. */
  public static Conditional computed(int maxBytes) {
    return new Conditional(Mode.COMPUTED, maxBytes);
  }

  @Override
  public void describe(OperationDescription operation) {
    switch (mode) {
      case REQUIRED -> ConditionDescription.ofWrite(operation);
      case COMPUTED -> ConditionDescription.ofRead(operation);
    }
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    String method = endpoint.method();
    if (mode == Mode.REQUIRED && !WRITES.contains(method)) {
      return List.of(
          new Fault(
              endpoint.toString(),
              "Conditional.required()",
              method,
              "must be on PUT, PATCH, DELETE or POST",
              "remove it; a read is conditional by choice of the client"));
    }
    if (mode == Mode.COMPUTED && !method.equals("GET")) {
      return List.of(
          new Fault(
              endpoint.toString(),
              "Conditional.computed()",
              method,
              "must be on GET",
              "remove it; give writes Conditional.required()"));
    }
    return List.of();
  }
}
