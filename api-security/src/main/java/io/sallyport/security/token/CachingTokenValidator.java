package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Remembers tokens that another validator has verified, so that a signature is checked once and not
 * with each request.
 *
 * <p>Safe for concurrent use. The key is the SHA-256 of the token: the cache holds no token, and
 * what was sent cannot be confused with another. Only verified tokens are kept, so that invented
 * ones cannot push them out; at most ten thousand, each for at most a minute, which is how long a
 * key that its issuer removed may go on working here beyond {@link RemoteKeys}. The expiry is
 * compared with the clock on every hit.
 */
public final class CachingTokenValidator implements TokenValidator {
  private static final int MAX_TOKENS = 10_000;
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  // Providers make a digest by reflection and locking; a clone costs neither.
  private static final MessageDigest SHA_256 = sha256();

  private final TokenValidator validator;
  private final InstantSource clock;
  private final Cache<ByteBuffer, TokenVerdict.Verified> verified;

  /** Remembers what {@code validator} verified, and tells the time by {@code clock}. */
  public CachingTokenValidator(TokenValidator validator, InstantSource clock) {
    this.validator = requireNonNull(validator, "validator");
    this.clock = requireNonNull(clock, "clock");
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(MAX_AGE)
            .ticker(() -> clock.millis() * 1_000_000)
            .build();
  }

  @Override
  public TokenVerdict validate(String token) {
    if (token.length() > UnverifiedToken.MAX_LENGTH) {
      return new TokenVerdict.Rejected("malformed");
    }
    ByteBuffer key = ByteBuffer.wrap(digest(token));
    TokenVerdict.Verified known = verified.getIfPresent(key);
    if (known != null) {
      return clock.instant().isBefore(known.expiresAt())
          ? known
          : new TokenVerdict.Rejected("expired");
    }
    TokenVerdict verdict = validator.validate(token);
    if (verdict instanceof TokenVerdict.Verified fresh) {
      verified.put(key, fresh);
    }
    return verdict;
  }

  private static byte[] digest(String token) {
    try {
      MessageDigest digest = (MessageDigest) SHA_256.clone();
      return digest.digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      return sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
