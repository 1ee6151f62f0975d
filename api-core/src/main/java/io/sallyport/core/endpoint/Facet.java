package io.sallyport.core.endpoint;

import java.util.List;

/**
 * One typed piece of an endpoint's declaration, such as who may call it or how often.
 *
 * <p>This module knows only the idea; each guard brings the facet it reads, and so can a plugin.
 * Implementations must be immutable and safe for concurrent use, records as a rule.
 */
public interface Facet {
  /** The class under which {@link Endpoint#facet} finds this facet; an endpoint has one of each. */
  default Class<? extends Facet> type() {
    return getClass();
  }

  /**
   * Whether a chain must hold a guard that enforces this facet. A promise that nobody keeps must
   * not start, so this is {@code true} unless the facet is only descriptive.
   */
  default boolean mustBeEnforced() {
    return true;
  }

  /** What is wrong with this facet on {@code endpoint}; empty when nothing is. */
  default List<Fault> faults(Endpoint endpoint) {
    return List.of();
  }
}
