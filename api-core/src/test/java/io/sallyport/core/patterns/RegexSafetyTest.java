package io.sallyport.core.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.regex.RegexSafety;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSafetyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a+)+",
        "(a*)*",
        "(a|a)*",
        "(a|aa)+$",
        "(a|a?)+",
        "(.*)*",
        "(.*a){11}",
        "(.*a){25}",
        "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "([a-zA-Z]+)*",
        "^(\\w+\\s?)*$",
        "(\\d+|\\w+)*!",
        "(?:a|b|ab)*c",
        "([^\"]|\\\\.)*\"",
        "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$",
        "^[a-zA-Z]+(([',. -][a-zA-Z ])?[a-zA-Z]*)*$",
        "(?i)(a|A)*",
        "([a-c]|[C-E&&[^D]]|(?i:b))*",
        "(a?){30}a{30}",
        "(a|aa){1,30}",
        "((a|a){8}){8}",
        "(a{0,64}){8}",
        "(?=(a+)+b)a.*",
        "(\\p{L}+)*\\p{Lu}",
        "([\\u4e00-\\u9fff]|[\\u5000-\\u5010])+",
        "([\\x{1F600}-\\x{1F64F}]|[\\x{1F610}-\\x{1F611}])*"
      })
  void whatBacktracksExponentiallyIsRefused(String pattern) {
    assertThat(RegexSafety.danger(Pattern.compile(pattern))).as(pattern).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a*a*b",
        "\\d+\\d+",
        ".*\\s+$",
        ".*.*=.*",
        ".*foo.*",
        "\\s*,?\\s*x",
        "[a-z]+[a-z0-9]+!",
        "\\w*\\d*-",
        "(a*|b)(a|c)*d",
        "<.*>.*</.*>",
        "a{1,1000}a{1,1000}b",
        "(?s).*a.*b"
      })
  void whatBacktracksPolynomiallyIsRefused(String pattern) {
    assertThat(RegexSafety.danger(Pattern.compile(pattern))).as(pattern).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a)\\1",
        "(?<x>a)\\k<x>",
        "(?<=a)b",
        "a+(?=b)",
        "(?:a(?=b)|b)*",
        "(?x) a b",
        "\\R",
        "(?:[a-z]{100}){100}"
      })
  void whatCannotBeAnalysedIsRefused(String pattern) {
    assertThat(RegexSafety.danger(Pattern.compile(pattern))).as(pattern).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}",
        "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "[A-Z]{3}-[0-9]{4,8}",
        "[A-Z0-9]+(?:[-_][A-Z0-9]+)*",
        "\\+?[0-9]{1,3}[ -]?[0-9]{6,14}",
        "\\+[1-9]\\d{1,14}",
        "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])",
        "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})",
        "[a-z0-9]+(-[a-z0-9]+)*",
        "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
        "[A-Z]{3}",
        "[0-9-]+",
        "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
            + "(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$",
        "[A-Za-z0-9_-]*",
        "(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?",
        "(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)",
        "^(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{8,64}$",
        "[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+",
        "^[a-zA-Z0-9_+&*-]+(?:\\.[a-zA-Z0-9_+&*-]+)*@(?:[a-zA-Z0-9-]+\\.)+[a-zA-Z]{2,7}$",
        "#[0-9a-f]{6}|#[0-9a-f]{3}",
        "(?i)[a-z]{2}(-[a-z]{2})?",
        "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?",
        "[\\p{L}\\p{M}' .-]{1,100}",
        "\\p{Lu}\\p{L}*( \\p{Lu}\\p{L}*)*",
        "\\Qa.b*c\\E+",
        "[]a]+[^]b]",
        "[a-z&&[^aeiou]]+",
        "\\s*\\S.*",
        "\\s+$",
        "|a",
        "",
        "[A-Z]{2}\\d{2}[A-Z0-9]{11,30}",
        "https://[a-z0-9.-]+(/[A-Za-z0-9._~-]*)*"
      })
  void ordinaryPatternsAreAccepted(String pattern) {
    assertThat(RegexSafety.danger(Pattern.compile(pattern))).as(pattern).isEmpty();
  }

  @Test
  void flagsOfThePatternCount() {
    assertThat(RegexSafety.danger(Pattern.compile("(a|B|A)*c"))).isEmpty();
    assertThat(RegexSafety.danger(Pattern.compile("(a|B|A)*c", Pattern.CASE_INSENSITIVE)))
        .isPresent();
    assertThat(RegexSafety.danger(Pattern.compile("(.|\\n)*c"))).isEmpty();
    assertThat(RegexSafety.danger(Pattern.compile("(.|\\n)*c", Pattern.DOTALL))).isPresent();
    assertThat(RegexSafety.danger(Pattern.compile("(a+)+", Pattern.LITERAL))).isEmpty();
  }

  /** Newer JDKs remember some of what failed; it does not save these. */
  @ParameterizedTest
  @CsvSource({"a*a*b,a,4000", "(.*a){11},a,60", ".*foo.*,foo,2000"})
  void refusedPatternsDoTakeLong(String pattern, String unit, int times) {
    CountingText text = new CountingText(unit.repeat(times) + "\n", 1_000_000);

    assertThatThrownBy(() -> Pattern.compile(pattern).matcher(text).matches())
        .isInstanceOf(IllegalStateException.class);
  }
}
