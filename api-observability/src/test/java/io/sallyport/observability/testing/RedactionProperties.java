package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.observability.log.Redaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RedactionProperties {
  private static final String[] PIECES = {
    "password", "=", ":", " ", "\"", "'", "\\", "%3D", "Bearer", "Authorization", "Cookie", "://",
    "@", "/", "eyJ", ".", "-----BEGIN ", "-----END ", "-----", "\n", "ey", "token", "a", "\u0000",
    "d", "&", "\ud800", "ew", "eyJhbGciOiJub25lIn0"
  };

  @Property
  void neverLeavesAJwt(
      @ForAll("pieces") String before,
      @ForAll("claims") String header,
      @ForAll("claims") String payload,
      @ForAll("pieces") String after) {
    String signature = "c2lnbmF0dXJlY2FuYXJ5";
    String body = base64("{\"sub\":\"" + payload + "\"}");
    String jwt = base64("{\"alg\":\"" + header + "\"}") + "." + body + "." + signature;

    String clean = Redaction.scrub(before + jwt + after);

    assertThat(clean).doesNotContain(body).doesNotContain(signature);
  }

  @Property
  void neverLeavesAPassword(@ForAll("pieces") String before, @ForAll("names") String name) {
    String clean = Redaction.scrub(before + " " + name + "=hunter2canary");

    assertThat(clean).doesNotContain("hunter2canary");
  }

  @Property
  void neverThrowsAndLeavesNothingForASecondPass(@ForAll("pieces") String text) {
    String clean = Redaction.scrub(text);

    assertThat(Redaction.scrub(clean)).isEqualTo(clean);
  }

  @Property
  void neverThrowsOnAnyText(@ForAll String text) {
    assertThat(Redaction.scrub(text)).isNotNull();
  }

  @Property(tries = 200)
  void takesLinearTimeOnHostileText(@ForAll("pieces") String piece) {
    String hostile = piece.isEmpty() ? "a" : piece.repeat(2_000_000 / piece.length());

    // A quadratic pass over two million characters takes minutes; a linear one milliseconds.
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Redaction.scrub(hostile));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES).list().ofMaxSize(12).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> claims() {
    return Combinators.combine(
            Arbitraries.strings().alpha().numeric().ofMinLength(5).ofMaxLength(40),
            Arbitraries.strings().alpha().ofMaxLength(5))
        .as((a, b) -> a + b);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        "password",
        "passwd",
        "client_secret",
        "access_token",
        "refresh_token",
        "api_key",
        "X-Api-Key",
        "DB_PASSWORD",
        "clientSecret",
        "spring.datasource.password");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
