package io.sallyport.core.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.MalformedPathException;
import io.sallyport.core.endpoint.MalformedPathException.Reason;
import io.sallyport.core.endpoint.SafePath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The path that was authorised is the path that is dispatched, or there is no dispatch. */
class PathSafetyTest {
  private static RawServer lenient;
  private static RawServer lenientBelow;
  private static RawServer asShipped;

  @BeforeAll
  static void start() throws Exception {
    lenient = RawServer.lenient("/");
    lenientBelow = RawServer.lenient("/app");
    asShipped = RawServer.asShipped("/");
  }

  @AfterAll
  static void stop() throws Exception {
    lenient.close();
    lenientBelow.close();
    asShipped.close();
  }

  static Stream<String> hostilePaths() {
    return HostilePaths.all().stream();
  }

  @Test
  void theTableIsLongEnoughToMeanSomething() {
    assertThat(HostilePaths.all()).hasSizeGreaterThan(150);
  }

  @ParameterizedTest
  @MethodSource("hostilePaths")
  void aHostilePathIsRefusedByUsWhereTheContainerLetsItPass(String path) throws Exception {
    refused(lenient, path, path);
  }

  @ParameterizedTest
  @MethodSource("hostilePaths")
  void aHostilePathIsRefusedBelowAContextPath(String path) throws Exception {
    refused(lenientBelow, path, "/app" + path);
  }

  @ParameterizedTest
  @MethodSource("hostilePaths")
  void aHostilePathIsRefusedBehindTheContainersOwnChecks(String path) throws Exception {
    refused(asShipped, path, path);
  }

  private static void refused(RawServer server, String path, String target) throws Exception {
    server.reached().clear();

    String answer = server.send(target);

    assertThat(server.reached()).as("handlers reached by %s", path).isEmpty();
    assertThat(answer).as("answer to %s", path).matches("(?s)HTTP/1.1 (400|404|414) .*");
  }

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "/v1/invoices, list",
    "/v1/invoices/1, read",
    "/v1/invoices/a.b, read",
    "/v1/invoices/a~b, read",
    "/v1/invoices/a%20b, read",
    "/v1/invoices/%C3%A9, read",
    "/v1/invoices/a:b@c, read",
    "/v1/invoices?x=../../v1/admin, list",
    "/v1/%61dmin, admin",
    "http://localhost/v1/admin, admin",
  })
  void anOrdinaryPathReachesItsOwnEndpoint(String target, String endpoint) throws Exception {
    lenient.reached().clear();

    String answer = lenient.send(target);

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(lenient.reached()).containsExactly(endpoint);
  }

  @Test
  void aRefusedPathIsAProblemThatTellsNothing() throws Exception {
    String answer = lenient.send("/v1/invoices/..%2fadmin");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("Content-Type: application/problem+json")
        .contains("\"code\":\"malformed-path\"")
        .doesNotContain("encoded")
        .doesNotContain("admin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "v1 NOT_ABSOLUTE",
        "/a//b DOUBLE_SLASH",
        "/a/../b DOT_SEGMENT",
        "/a/%2e%2E/b DOT_SEGMENT",
        "/a/. DOT_SEGMENT",
        "/a;x/b PATH_PARAMETER",
        "/a%3bx PATH_PARAMETER",
        "/a%2fb ENCODED_SLASH",
        "/a%5cb BACKSLASH",
        "/a%25 ENCODED_PERCENT",
        "/a%00 CONTROL_CHARACTER",
        "/a%e2%80%ae CONTROL_CHARACTER",
        "/a%c0%ae NOT_UTF8",
        "/a%ed%a0%80 NOT_UTF8",
        "/a%2 BAD_ESCAPE",
        "/a%zz BAD_ESCAPE",
        "/a%41%2 BAD_ESCAPE",
        "/a<b ILLEGAL_CHARACTER",
      })
  void eachAttackIsRefusedForItsOwnReason(String path, Reason reason) {
    assertThat(reasonFor(path)).isEqualTo(reason);
  }

  @Test
  void lengthAndDepthHaveBounds() {
    assertThat(reasonFor("/" + "a".repeat(SafePath.MAX_LENGTH))).isEqualTo(Reason.TOO_LONG);
    assertThat(reasonFor("/a".repeat(SafePath.MAX_SEGMENTS + 1))).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void theLongestPathIsStillRead() throws Exception {
    SafePath path = SafePath.parse("/a".repeat(SafePath.MAX_SEGMENTS));

    assertThat(path.segments()).hasSize(SafePath.MAX_SEGMENTS).allMatch("a"::equals);
  }

  @Test
  void segmentsAreDecodedOnceAndKeptApart() throws Exception {
    assertThat(SafePath.parse("/v1/a%20b/%C3%A9").segments()).isEqualTo(List.of("v1", "a b", "é"));
  }

  private static Reason reasonFor(String path) {
    try {
      SafePath.parse(path);
      return null;
    } catch (MalformedPathException e) {
      return e.reason();
    }
  }
}
