package io.sallyport.security.policy;

import static java.util.Objects.requireNonNull;

/**
 * Allow or deny, and why. There is no third: a policy that does not know denies.
 *
 * @param allowed whether the request is allowed
 * @param reason what decided, for logs and people who run the service; clients never see it
 */
public record AccessDecision(boolean allowed, String reason) {
  public AccessDecision {
    requireNonNull(reason, "reason");
  }

  /** Allowed, because of {@code reason}. */
  public static AccessDecision allow(String reason) {
    return new AccessDecision(true, reason);
  }

  /** Denied, because of {@code reason}. */
  public static AccessDecision deny(String reason) {
    return new AccessDecision(false, reason);
  }
}
