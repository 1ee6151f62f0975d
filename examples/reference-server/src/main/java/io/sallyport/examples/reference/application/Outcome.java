package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

/** How a use case ended. Outages are exceptions, and none of these. */
public sealed interface Outcome<T> {
  /** It was done. */
  record Done<T>(T value) implements Outcome<T> {
    public Done {
      requireNonNull(value, "value");
    }
  }

  /**
   * The tenant has no such thing. Another tenant's thing looks the same, so that none can probe.
   */
  record NotFound<T>() implements Outcome<T> {}

  /** It would break a rule together with what is stored. */
  record Conflict<T>(Reason reason) implements Outcome<T> {
    public Conflict {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The command names something that the tenant does not have.
   *
   * @param pointer where, as a JSON pointer into the command: {@code /lines/0/productId}
   */
  record UnknownReference<T>(String pointer) implements Outcome<T> {
    public UnknownReference {
      requireNonNull(pointer, "pointer");
    }
  }

  /** The rules that a command can run into. */
  enum Reason {
    EMAIL_TAKEN,
    SKU_TAKEN,
    CUSTOMER_CLOSED,
    PRODUCT_RETIRED,
    CURRENCIES_DIFFER
  }
}
