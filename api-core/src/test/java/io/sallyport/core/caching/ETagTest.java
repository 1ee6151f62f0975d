package io.sallyport.core.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.cache.ETag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a\"", "W/\"a\"", "\"a,b\\\"", "\"!#~\""})
  void aTagThatIsReadIsWrittenTheSame(String text) {
    assertThat(ETag.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\"",
        "W/",
        "W/a",
        "w/\"a\"",
        "\"a\"b\"",
        "\"a b\"",
        "\"a",
        " \"a\"",
        "*"
      })
  void whatIsNoTagIsNotRead(String text) {
    assertThat(ETag.parse(text)).isEmpty();
  }

  @Test
  void aTagHasABound() {
    assertThat(ETag.parse("\"" + "a".repeat(256) + "\"")).isPresent();
    assertThat(ETag.parse("\"" + "a".repeat(257) + "\"")).isEmpty();
  }

  @Test
  void whatWouldSplitAResponseIsRefused() {
    assertThatThrownBy(() -> ETag.strong("a\r\nX: y")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparisonIsThatOfTheSpecification() {
    assertThat(ETag.weak("1").matchesStrongly(ETag.weak("1"))).isFalse();
    assertThat(ETag.weak("1").matchesWeakly(ETag.weak("1"))).isTrue();
    assertThat(ETag.weak("1").matchesWeakly(ETag.weak("2"))).isFalse();
    assertThat(ETag.weak("1").matchesStrongly(ETag.strong("1"))).isFalse();
    assertThat(ETag.weak("1").matchesWeakly(ETag.strong("1"))).isTrue();
    assertThat(ETag.ofVersion(1).matchesStrongly(ETag.ofVersion(1))).isTrue();
  }
}
