package io.sallyport.core.regex;

import io.sallyport.core.regex.RegexNode.Atom;
import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The characters that an expression tells apart, one for all that it treats alike.
 *
 * <p>What an atom takes is asked of the JDK's own matcher, so that case folding, properties and
 * intersections mean what they will mean. It is asked about every character up to U+024F, the
 * neighbours of each that the expression names, and one character for each script, category and
 * block of Unicode.
 */
final class Alphabet {
  private static final int LATIN = 0x250;
  private static final Pattern NAMED =
      Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|x\\{([0-9a-fA-F]{1,6})\\})");

  private Alphabet() {}

  /** For each letter, the positions whose atom takes it. */
  static List<BitSet> of(Pattern pattern, List<Atom> atoms) {
    Map<Atom, BitSet> places = new HashMap<>();
    for (int i = 0; i < atoms.size(); i++) {
      places.computeIfAbsent(atoms.get(i), any -> new BitSet()).set(i);
    }
    Map<Predicate<String>, BitSet> tests = new HashMap<>();
    places.forEach((atom, at) -> tests.put(test(atom), at));
    Set<BitSet> letters = new HashSet<>();
    for (int c : candidates(pattern.pattern())) {
      String text = Character.toString(c);
      BitSet taken = new BitSet();
      tests.forEach(
          (test, at) -> {
            if (test.test(text)) {
              taken.or(at);
            }
          });
      letters.add(taken);
    }
    letters.remove(new BitSet());
    return List.copyOf(letters);
  }

  private static Predicate<String> test(Atom atom) {
    return Pattern.compile(atom.text(), atom.flags()).asMatchPredicate();
  }

  private static Set<Integer> candidates(String text) {
    Set<Integer> candidates = new HashSet<>();
    IntStream.range(0, LATIN).forEach(candidates::add);
    Arrays.stream(Kinds.EXAMPLES).forEach(candidates::add);
    text.codePoints().forEach(c -> addWithNeighbours(c, candidates));
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      for (int i = 1; i <= 3; i++) {
        if (named.group(i) != null) {
          addWithNeighbours(Integer.parseInt(named.group(i), 16), candidates);
        }
      }
    }
    return candidates;
  }

  private static void addWithNeighbours(int c, Set<Integer> candidates) {
    for (int near = Math.max(0, c - 1); near <= Math.min(Character.MAX_CODE_POINT, c + 1); near++) {
      candidates.add(near);
    }
  }

  /** Made once, by looking at each character of Unicode. */
  private static final class Kinds {
    static final int[] EXAMPLES = examples();

    private static int[] examples() {
      Set<Kind> seen = new HashSet<>();
      return IntStream.rangeClosed(LATIN, Character.MAX_CODE_POINT)
          .filter(Character::isDefined)
          .filter(c -> seen.add(Kind.of(c)))
          .toArray();
    }
  }

  private record Kind(int category, UnicodeScript script, String block) {
    static Kind of(int c) {
      return new Kind(
          Character.getType(c), UnicodeScript.of(c), String.valueOf(UnicodeBlock.of(c)));
    }
  }
}
