package io.sallyport.security.testing;

import static io.sallyport.security.testing.TestToken.AUDIENCE;
import static io.sallyport.security.testing.TestToken.ISSUER;
import static io.sallyport.security.testing.TestToken.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.security.token.CachingTokenValidator;
import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.TokenValidator;
import io.sallyport.security.token.TokenValidatorUnavailableException;
import io.sallyport.security.token.TokenVerdict.Rejected;
import io.sallyport.security.token.TokenVerdict.Verified;
import io.sallyport.security.token.VerificationKeys;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachingTokenValidatorTest extends TokenValidatorContract {
  private final FakeClock clock = new FakeClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final JwtValidator jwt =
      JwtValidator.expecting(ISSUER, AUDIENCE, VerificationKeys.of(TestToken.KEYS))
          .clock(clock)
          .build();
  private final TokenValidator validator =
      new CachingTokenValidator(
          token -> {
            asked.incrementAndGet();
            return jwt.validate(token);
          },
          clock);

  @Override
  protected TokenValidator validator() {
    return validator;
  }

  @Override
  protected String acceptableToken() {
    return token().signed();
  }

  @Override
  protected String subject() {
    return "ann";
  }

  @Override
  protected TokenValidator unreachable() {
    return new CachingTokenValidator(
        token -> {
          throw new TokenValidatorUnavailableException("no keys yet");
        },
        clock);
  }

  @Test
  void aVerifiedTokenIsNotVerifiedAgainWithinAMinute() {
    String token = token().signed();
    validator.validate(token);
    clock.advance(Duration.ofSeconds(59));
    assertThat(validator.validate(token)).isInstanceOf(Verified.class);
    assertThat(asked).hasValue(1);

    clock.advance(Duration.ofSeconds(1));
    validator.validate(token);

    assertThat(asked).hasValue(2);
  }

  @Test
  void aRememberedTokenExpiresAtTheSameInstantAsAFreshOne() {
    String token = token().date("exp", 10).signed();
    validator.validate(token);

    clock.advance(Duration.ofSeconds(40).minusNanos(1));
    assertThat(validator.validate(token)).isInstanceOf(Verified.class);
    clock.advance(Duration.ofNanos(1));

    assertThat(validator.validate(token)).isEqualTo(new Rejected("expired"));
    assertThat(jwt.validate(token)).isEqualTo(new Rejected("expired"));
  }

  @Test
  void aRejectedTokenIsNotRemembered() {
    String early = token().date("nbf", 40).signed();
    assertThat(validator.validate(early)).isInstanceOf(Rejected.class);

    clock.advance(Duration.ofSeconds(11));

    assertThat(validator.validate(early)).isInstanceOf(Verified.class);
  }
}
