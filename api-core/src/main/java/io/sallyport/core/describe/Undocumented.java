package io.sallyport.core.describe;

import io.sallyport.core.endpoint.Facet;

/**
 * Leaves an endpoint out of documents; it is guarded like any other. Hiding protects nothing: who
 * knows the path may call it.
 */
public record Undocumented() implements Facet, Described {
  @Override
  public boolean mustBeEnforced() {
    return false;
  }

  @Override
  public void describe(OperationDescription operation) {
    operation.undocumented();
  }
}
