package io.sallyport.security.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.security.token.TokenValidator;
import io.sallyport.security.token.TokenValidatorUnavailableException;
import io.sallyport.security.token.TokenVerdict;
import io.sallyport.security.token.TokenVerdict.Rejected;
import io.sallyport.security.token.TokenVerdict.Verified;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link TokenValidator} must do. */
public abstract class TokenValidatorContract {
  /** The validator under test, able to reach whatever it needs. */
  protected abstract TokenValidator validator();

  /** A token that {@link #validator} accepts at this moment. */
  protected abstract String acceptableToken();

  /** The subject of {@link #acceptableToken}. */
  protected abstract String subject();

  /** A validator that has never reached whatever it needs, and cannot reach it now. */
  protected abstract TokenValidator unreachable();

  @Test
  void anAcceptableTokenIsVerifiedAsItsSubject() {
    TokenVerdict verdict = validator().validate(acceptableToken());

    assertThat(verdict).isInstanceOf(Verified.class);
    assertThat(((Verified) verdict).caller().subject()).isEqualTo(subject());
  }

  @Test
  void theTokenItselfIsNotAmongTheAttributesOfTheCaller() {
    String token = acceptableToken();

    Verified verified = (Verified) validator().validate(token);

    assertThat(verified.caller().attributes().toString()).doesNotContain(token);
  }

  @ParameterizedTest
  @MethodSource("junk")
  void junkIsRejectedAndNeverThrows(String junk) {
    assertRejectedByCode(validator().validate(junk));
  }

  static Stream<String> junk() {
    return Stream.of(
        "",
        " ",
        ".",
        "..",
        "...",
        "null",
        "Bearer",
        "a.b.c",
        "\u0000",
        "\ud800",
        "\u00e4\u00f6\u00fc",
        "{}",
        "x".repeat(1_000_000),
        ".".repeat(100_000));
  }

  @Test
  void aTokenWithSomethingAroundItIsRejected() {
    String token = acceptableToken();
    TokenValidator validator = validator();

    for (String around : new String[] {" ", "\n", "\t", "\u00a0", "=", ".", "\u0000"}) {
      assertRejectedByCode(validator.validate(token + around));
      assertRejectedByCode(validator.validate(around + token));
    }
  }

  @Test
  void concurrentCallersGetTheSameVerdict() {
    TokenValidator validator = validator();
    String token = acceptableToken();

    long verified =
        IntStream.range(0, 200)
            .parallel()
            .filter(i -> validator.validate(token) instanceof Verified)
            .count();

    assertThat(verified).isEqualTo(200);
  }

  @Test
  void anOutageIsUnavailableAndNotARejection() {
    TokenValidator validator = unreachable();
    String token = acceptableToken();

    assertThatThrownBy(() -> validator.validate(token))
        .isInstanceOf(TokenValidatorUnavailableException.class)
        .hasMessageNotContaining(token);
  }

  private static void assertRejectedByCode(TokenVerdict verdict) {
    assertThat(verdict).isInstanceOf(Rejected.class);
    assertThat(((Rejected) verdict).reason()).matches("[a-z0-9-]+");
  }
}
