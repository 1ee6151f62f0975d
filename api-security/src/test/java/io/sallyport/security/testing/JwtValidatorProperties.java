package io.sallyport.security.testing;

import static io.sallyport.security.testing.TestToken.AUDIENCE;
import static io.sallyport.security.testing.TestToken.ISSUER;
import static io.sallyport.security.testing.TestToken.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.TokenValidator;
import io.sallyport.security.token.TokenVerdict.Rejected;
import io.sallyport.security.token.TokenVerdict.Verified;
import io.sallyport.security.token.VerificationKeys;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class JwtValidatorProperties {
  private static final List<String> TOKENS =
      List.of(
          token().signed("RS256", "rsa-1", TestKeys.RSA),
          token().signed("PS256", "rsa-1", TestKeys.RSA),
          token().signed("ES256", "ec-1", TestKeys.EC),
          token().signed("EdDSA", "ed-1", TestKeys.ED25519));

  private final TokenValidator validator = validator(Duration.ofSeconds(30));

  private static TokenValidator validator(Duration skew) {
    return JwtValidator.expecting(ISSUER, AUDIENCE, VerificationKeys.of(TestToken.KEYS))
        .clock(new FakeClock())
        .clockSkew(skew)
        .build();
  }

  @Property(tries = 4000)
  void aTokenWithOneCharacterChangedNeverVerifies(
      @ForAll @IntRange(max = 3) int which,
      @ForAll @IntRange(max = 100_000) int position,
      @ForAll("characters") char replacement) {
    String token = TOKENS.get(which);
    int at = position % token.length();
    Assume.that(token.charAt(at) != replacement);

    String changed = token.substring(0, at) + replacement + token.substring(at + 1);

    assertThat(validator.validate(changed)).isInstanceOf(Rejected.class);
  }

  @Property
  void aTokenWithACharacterMoreOrLessNeverVerifies(
      @ForAll @IntRange(max = 3) int which,
      @ForAll @IntRange(max = 100_000) int position,
      @ForAll("characters") char added) {
    String token = TOKENS.get(which);
    int at = position % token.length();

    assertThat(validator.validate(token.substring(0, at) + added + token.substring(at)))
        .isInstanceOf(Rejected.class);
    assertThat(validator.validate(token.substring(0, at) + token.substring(at + 1)))
        .isInstanceOf(Rejected.class);
  }

  @Property
  void partsOfTwoTokensNeverVerifyTogether(
      @ForAll @IntRange(max = 3) int first,
      @ForAll @IntRange(max = 3) int second,
      @ForAll @IntRange(min = 1, max = 6) int mask) {
    String[] left = TOKENS.get(first).split("\\.", -1);
    String root = token().claim("sub", "root").signed("RS256", TestKeys.RSA);
    String[] right = root.split("\\.", -1);
    String[] other = TOKENS.get(second).split("\\.", -1);
    String mixed =
        ((mask & 1) == 0 ? left : right)[0]
            + "."
            + ((mask & 2) == 0 ? other : right)[1]
            + "."
            + ((mask & 4) == 0 ? left : right)[2];
    Assume.that(!TOKENS.contains(mixed) && !root.equals(mixed));

    assertThat(validator.validate(mixed)).isInstanceOf(Rejected.class);
  }

  @Property
  void whateverIsSentIsRejectedAndNothingIsThrown(@ForAll String sent) {
    assertThat(validator.validate(sent)).isInstanceOf(Rejected.class);
  }

  @Property(tries = 200)
  void aTokenVerifiesExactlyWhileItIsNotExpired(
      @ForAll @LongRange(min = -700, max = 700) long exp, @ForAll @IntRange(max = 300) int skew) {
    TokenValidator tolerant = validator(Duration.ofSeconds(skew));

    boolean verified = tolerant.validate(token().date("exp", exp).signed()) instanceof Verified;

    assertThat(verified).isEqualTo(exp + skew > 0);
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.oneOf(
        Arbitraries.chars().range('a', 'z').range('A', 'Z').range('0', '9').with('-', '_'),
        Arbitraries.chars().ascii(),
        Arbitraries.chars().all());
  }
}
