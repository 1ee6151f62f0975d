package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import java.time.Instant;

/** What a {@link TokenValidator} says of a token it could decide about. */
public sealed interface TokenVerdict {
  /**
   * The token is acceptable.
   *
   * @param caller who it stands for
   * @param expiresAt when it stops being acceptable, tolerance for clock skew included; at that
   *     very instant it is not acceptable any more
   */
  record Verified(Caller caller, Instant expiresAt) implements TokenVerdict {
    public Verified {
      requireNonNull(caller, "caller");
      requireNonNull(expiresAt, "expiresAt");
    }
  }

  /**
   * The token is not acceptable.
   *
   * @param reason a code for logs, of lower-case words and hyphens; clients never see it
   */
  record Rejected(String reason) implements TokenVerdict {
    public Rejected {
      requireNonNull(reason, "reason");
    }
  }
}
