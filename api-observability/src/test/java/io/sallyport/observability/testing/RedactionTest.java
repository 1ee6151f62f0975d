package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.observability.log.Redaction;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String JWT =
      "eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhbm4iLCJhdWQiOiJvIn0.c2lnbmF0dXJlLWNhbmFyeQ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password=hunter2 user=ann | password=[redacted] user=ann",
        "PASSWORD = hunter2 | PASSWORD = [redacted]",
        "jdbc:postgresql://db/x?user=a&password=hunter2&ssl=true"
            + " | jdbc:postgresql://db/x?user=a&password=[redacted]&ssl=true",
        "db.password: hunter2 | db.password: [redacted]",
        "{\"password\": \"hun\\\"ter2\", \"a\": 1} | {\"password\": \"[redacted]\", \"a\": 1}",
        "{\\\"password\\\":\\\"hunter2\\\"} | {\\\"password\\\":[redacted]",
        "{password=>'hunter2'} | {password=>'[redacted]'}",
        "client_secret=hunter2 | client_secret=[redacted]",
        "access_token%3Dhunter2 | access_token%3D[redacted]",
        "X-Api-Key: hunter2 | X-Api-Key: [redacted]",
        "Authorization: Basic aHVudGVyMg== | Authorization: [redacted]",
        "proxy-authorization: hunter2 x | proxy-authorization: [redacted]",
        "Set-Cookie: a=hunter2; Path=/ | Set-Cookie: [redacted]",
        "sent Bearer aHVudGVyMg== twice | sent Bearer [redacted] twice",
        "sent bearer  hunter2~x | sent bearer  [redacted]",
        "sent DPoP aHVudGVyMg== twice | sent DPoP [redacted] twice",
        "https://ann:hunter2@db.example/x | https://[redacted]@db.example/x",
        "https://ann:hunt@er2@db.example | https://[redacted]@db.example",
        "{\"kty\":\"EC\",\"d\":\"hunter2\"} | {\"kty\":\"EC\",\"d\":\"[redacted]\"}",
      })
  void aSecretIsTakenOutAndTheRestStays(String text, String clean) {
    assertThat(Redaction.scrub(text)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ordinary words, 12:30, a=b, https://example.com/a?b=c#d",
        "Unrecognized token 'abc': was expecting a value",
        "java.security.InvalidKeyException: no such key in KeyFactorySpi.engineGenerate",
        "password must not be empty",
        "mail ann@example.com",
        "{\"id\":\"7\",\"name\":\"ann\"}",
        "-----",
        "\"Authorization ",
        "token",
        "the bearer",
      })
  void textWithoutASecretStaysAsItIs(String text) {
    assertThat(Redaction.scrub(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "token%s", "'%s'", "(%s)", "a=%s&b", "x %s.", "\"%s\":1", "//%s/"})
  void aJwtIsTakenOutWhateverStandsAroundIt(String around) {
    assertThat(Redaction.scrub(String.format(around, JWT)))
        .contains(Redaction.REDACTED)
        .doesNotContain("eyJ", "c2lnbmF0dXJl");
  }

  @Test
  void aJwtCutOffInItsPayloadIsTakenOut() {
    assertThat(Redaction.scrub("at " + JWT.substring(0, 50))).isEqualTo("at [redacted]");
  }

  @Test
  void aHeaderThatBeginsWithABlankIsAJwtAsWell() {
    assertThat(Redaction.scrub("eyAiYWxnIjoiRVMyNTYifQ.eyJhIjoxfQ.c2ln")).isEqualTo("[redacted]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void keyMaterialIsTakenOut(String label) {
    String pem = "-----BEGIN " + label + "-----\nMIIhunter2\n-----END " + label + "-----";

    assertThat(Redaction.scrub("a " + pem + " b " + pem + " c"))
        .isEqualTo("a [redacted] b [redacted] c");
  }

  @Test
  void keyMaterialWithoutAnEndIsTakenOutToTheLast() {
    assertThat(Redaction.scrub("a -----BEGIN PRIVATE KEY-----\nMIIhunter2\nMIIhunter2"))
        .isEqualTo("a [redacted]");
  }

  @Test
  void onlyTheLineOfAHeaderFieldIsTakenOut() {
    assertThat(Redaction.scrub("GET / HTTP/1.1\r\nCookie: a=hunter2; b=c\r\nHost: x\r\n"))
        .isEqualTo("GET / HTTP/1.1\r\nCookie: [redacted]\r\nHost: x\r\n");
  }

  @Test
  void anExceptionIsDescribedWithItsCausesAndWithoutTheirSecrets() {
    Exception thrown =
        new IOException(
            "cannot connect\nwith password=hunter2", new IllegalStateException("Bearer " + JWT));

    assertThat(Redaction.describe(thrown))
        .isEqualTo(
            "java.io.IOException: cannot connect with password=[redacted]; caused by"
                + " java.lang.IllegalStateException: Bearer [redacted]");
  }

  @Test
  void anExceptionWhoseCausesGoRoundOrWhoseMessageFailsIsDescribed() {
    Exception first = new Exception("first");
    first.initCause(new Exception("second", first));
    Exception silent =
        new Exception() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("none");
          }
        };

    assertThat(Redaction.describe(first)).startsWith("java.lang.Exception: first; caused by");
    assertThat(Redaction.describe(silent)).contains("(no message: java.lang.IllegalState");
    assertThat(Redaction.describe(new Exception("a ".repeat(100_000)))).hasSize(4_096);
  }
}
