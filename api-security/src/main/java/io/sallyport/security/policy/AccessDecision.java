package io.sallyport.security.policy;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Allow or deny, and why. There is no third: a policy that does not know denies.
 *
 * @param allowed whether the request is allowed
 * @param reason a code for what decided, of letters, digits and {@code . _ : -}, for logs and
 *     people who run the service; clients never see it
 */
public record AccessDecision(boolean allowed, String reason) {
  private static final Pattern REASON = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  public AccessDecision {
    // It ends in the trail of verdicts, so in logs: nothing that could break a line or grow.
    if (!REASON.matcher(requireNonNull(reason, "reason")).matches()) {
      throw new IllegalArgumentException(
          "reason must be 1 to 128 letters, digits and . _ : -; give a policy's id, not a text");
    }
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
