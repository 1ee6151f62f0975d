package io.sallyport.security.token;

import io.sallyport.core.caller.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claims of a token must be, RFC 9068 section 4 and RFC 8725 section 3. */
record ClaimRules(
    String issuer, String audience, String rolesClaim, Duration skew, InstantSource clock) {
  /** 9999-12-31T23:59:59Z; a later date is a unit mistaken, or an attempt at an overflow. */
  private static final long LATEST = 253_402_300_799L;

  private static final int MAX_SUBJECT = 512;

  TokenVerdict check(Map<String, Object> claims) {
    if (!issuer.equals(claims.get("iss"))) {
      return rejected("issuer");
    }
    if (!isForUs(claims.get("aud"))) {
      return rejected("audience");
    }
    if (!(claims.get("sub") instanceof String subject)
        || subject.isBlank()
        || subject.length() > MAX_SUBJECT) {
      return rejected("subject");
    }
    Instant now = clock.instant();
    Optional<Instant> expiry = date(claims.get("exp"));
    if (expiry.isEmpty()) {
      return rejected("expiry-missing");
    }
    Instant unusableFrom = expiry.get().plus(skew);
    if (!now.isBefore(unusableFrom)) {
      return rejected("expired");
    }
    if (isTooEarly(claims, "nbf", now) || isTooEarly(claims, "iat", now)) {
      return rejected("not-yet-valid");
    }
    Caller caller = new Caller(subject, issuer, roles(claims.get(rolesClaim)), attributes(claims));
    return new TokenVerdict.Verified(caller, unusableFrom);
  }

  private boolean isForUs(@Nullable Object claim) {
    return audience.equals(claim) || (claim instanceof List<?> list && list.contains(audience));
  }

  private boolean isTooEarly(Map<String, Object> claims, String name, Instant now) {
    if (!claims.containsKey(name)) {
      return false;
    }
    Optional<Instant> date = date(claims.get(name));
    return date.isEmpty() || date.get().isAfter(now.plus(skew));
  }

  /** A NumericDate, RFC 7519 section 2: seconds as a JSON number, never a string. */
  private static Optional<Instant> date(@Nullable Object claim) {
    if (!(claim instanceof Number number)) {
      return Optional.empty();
    }
    double seconds = number.doubleValue();
    return seconds >= 0 && seconds <= LATEST
        ? Optional.of(Instant.ofEpochSecond((long) seconds))
        : Optional.empty();
  }

  private static Set<String> roles(@Nullable Object claim) {
    Set<String> roles = new HashSet<>();
    if (claim instanceof List<?> list) {
      list.forEach(
          role -> {
            if (role instanceof String name) {
              roles.add(name);
            }
          });
    }
    return roles;
  }

  private static Map<String, Object> attributes(Map<String, Object> claims) {
    Map<String, Object> attributes = new HashMap<>(claims);
    attributes.values().removeIf(Objects::isNull);
    return attributes;
  }

  private static TokenVerdict rejected(String reason) {
    return new TokenVerdict.Rejected(reason);
  }
}
