package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

/**
 * {@code WWW-Authenticate} fields of the Bearer scheme, RFC 6750 section 3.
 *
 * @param realm the protection space, RFC 9110 section 11.5: printable ASCII without quotes and
 *     backslashes, so that it needs no escaping and can end no quoted string
 */
public record BearerChallenge(String realm) {
  public BearerChallenge {
    if (!requireNonNull(realm, "realm").matches("[ !#-\\[\\]-~]{1,100}")) {
      throw new IllegalArgumentException(
          "realm must be 1 to 100 printable ASCII characters without quotes and backslashes");
    }
  }

  /** Challenges for {@code realm}. */
  public static BearerChallenge of(String realm) {
    return new BearerChallenge(realm);
  }

  /** For a request without credentials: no error code, RFC 6750 section 3.1. */
  public String withoutCredentials() {
    return "Bearer realm=\"" + realm + "\"";
  }

  /** For a token that is not accepted; why is for the log only. */
  public String invalidToken() {
    return withoutCredentials() + ", error=\"invalid_token\"";
  }

  /** For credentials that are not sent in one {@code Authorization} field. */
  public String invalidRequest() {
    return withoutCredentials() + ", error=\"invalid_request\"";
  }
}
