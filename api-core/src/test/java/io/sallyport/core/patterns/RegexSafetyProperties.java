package io.sallyport.core.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.regex.RegexSafety;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class RegexSafetyProperties {
  // 64 ways at most, each of which looks at one character for each branch that it may take next.
  private static final int STEPS = 64;

  @Property(tries = 1000)
  void anAcceptedPatternTakesTimeProportionalToTheText(
      @ForAll("patterns") String source,
      @ForAll("words") String prefix,
      @ForAll("words") String unit,
      @ForAll("words") String suffix,
      @ForAll @IntRange(max = 300) int times) {
    Pattern pattern = Pattern.compile(source);
    boolean accepted = RegexSafety.danger(pattern).isEmpty();
    Statistics.label("accepted").collect(accepted);
    if (!accepted) {
      return;
    }
    String text = prefix + unit.repeat(times) + suffix;

    CountingText counting = new CountingText(text, 10_000_000);
    Statistics.label("matches").collect(outcome(pattern, counting));

    assertThat(counting.reads())
        .as("%s on %s", source, text)
        .isLessThanOrEqualTo((long) STEPS * (source.length() + 1) * (text.length() + 2));
  }

  // A long text can exhaust the stack of java.util.regex however few its steps; whoever runs it
  // must
  // catch that, and ValidationFilter's constraints do.
  private static String outcome(Pattern pattern, CountingText text) {
    try {
      return String.valueOf(pattern.matcher(text).matches());
    } catch (StackOverflowError e) {
      return "overflow";
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("aab-\n").ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> patterns() {
    return pattern(3);
  }

  private static Arbitrary<String> pattern(int depth) {
    Arbitrary<String> atom =
        Arbitraries.of("a", "b", "-", "[ab]", "[^a]", ".", "\\w", "\\W", "^", "$", "(?i)A", "");
    if (depth == 0) {
      return atom;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> pattern(depth - 1));
    Arbitrary<String> repetition =
        Arbitraries.of("*", "+", "?", "*?", "+?", "++", "*+", "{2}", "{1,3}", "{0,4}?", "{2,}");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(2, atom),
        net.jqwik.api.Tuple.of(3, Combinators.combine(inner, inner).as((a, b) -> a + b)),
        net.jqwik.api.Tuple.of(
            1, Combinators.combine(inner, inner).as((a, b) -> "(" + a + "|" + b + ")")),
        net.jqwik.api.Tuple.of(
            2, Combinators.combine(inner, repetition).as((a, r) -> "(?:" + a + ")" + r)),
        net.jqwik.api.Tuple.of(
            1, Combinators.combine(atom, inner).as((a, b) -> "(?=" + b + ")" + a)),
        net.jqwik.api.Tuple.of(1, inner.map(a -> "(?>" + a + ")")));
  }
}
