package io.sallyport.security.policy;

import java.util.Set;

/**
 * Decides about access requests.
 *
 * <p>A pure function of the request: safe for concurrent use, no I/O. An exception denies.
 * Implementations must pass {@code PolicyContract}.
 */
@FunctionalInterface
public interface Policy {
  /** Decides; denies what it does not know. */
  AccessDecision decide(AccessRequest request);

  /**
   * The declared {@code actions} that this policy could never allow, so that a misspelt action
   * stops the start instead of denying everyone. Empty where a policy cannot tell.
   */
  default Set<String> neverAllowed(Set<String> actions) {
    return Set.of();
  }
}
