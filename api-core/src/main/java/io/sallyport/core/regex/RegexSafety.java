package io.sallyport.core.regex;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows of a regular expression that {@link Matcher#matches} takes time proportional to the text,
 * whatever the text. Meant for start-up: it takes milliseconds.
 *
 * <p>A backtracking matcher tries every way to match a prefix of the text before it gives up. This
 * follows all ways at once, for every text that the expression tells apart: where there are never
 * more than {@link #MOST_WAYS}, so many steps a character is the most a client can cause. What
 * cannot be shown is refused, so that a safe expression may be refused and an unsafe one is not
 * accepted. It says nothing about {@link Matcher#find}, which begins anew at each character.
 */
public final class RegexSafety {
  /** The most ways to match one prefix of a text. */
  static final int MOST_WAYS = 64;

  // A pattern of these sizes is not read by people either.
  private static final int MOST_LENGTH = 4096;
  private static final int MOST_STATES = 5000;

  private RegexSafety() {}

  /**
   * Why {@code pattern} must not be run on a client's text, as a phrase that starts with a verb;
   * empty where it is safe to match whole texts with.
   */
  public static Optional<String> danger(Pattern pattern) {
    if (pattern.pattern().length() > MOST_LENGTH) {
      return Optional.of("is too long to be shown safe");
    }
    try {
      return danger(pattern, Positions.of(RegexParser.parse(pattern)));
    } catch (NotAnalysableException e) {
      return Optional.of(e.reason() + ", of which nothing can be shown");
    } catch (IndexOutOfBoundsException | StackOverflowError e) {
      return Optional.of("is not understood");
    }
  }

  private static Optional<String> danger(Pattern pattern, Positions positions) {
    List<BitSet> letters = Alphabet.of(pattern, positions.atoms());
    Optional<String> danger = explore(positions, letters);
    for (Positions look : positions.looks()) {
      danger = danger.or(() -> danger(pattern, look));
    }
    return danger;
  }

  private static Optional<String> explore(Positions positions, List<BitSet> letters) {
    Set<Ways> known = new HashSet<>();
    // The most ways first: what grows without end is found at once.
    PriorityQueue<Ways> open = new PriorityQueue<>(Comparator.comparingInt(Ways::total).reversed());
    for (BitSet letter : letters) {
      add(Ways.of(positions.first(), letter), known, open);
    }
    while (!open.isEmpty()) {
      Ways ways = open.remove();
      if (ways.total() > MOST_WAYS) {
        return Optional.of("can match the start of one text in more than " + MOST_WAYS + " ways");
      }
      if (known.size() > MOST_STATES) {
        return Optional.of("is too ambiguous to be shown safe");
      }
      for (BitSet letter : letters) {
        add(ways.next(positions, letter), known, open);
      }
    }
    return Optional.empty();
  }

  private static void add(Ways ways, Set<Ways> known, PriorityQueue<Ways> open) {
    if (ways.total() > 0 && known.add(ways)) {
      open.add(ways);
    }
  }

  /** In how many ways each position has been reached: pairs of both, by position. */
  private static final class Ways {
    private final int[] pairs;
    private final int total;

    private Ways(SortedMap<Integer, Integer> counts) {
      pairs = new int[counts.size() * 2];
      int at = 0;
      int sum = 0;
      for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
        pairs[at++] = entry.getKey();
        pairs[at++] = entry.getValue();
        sum += entry.getValue();
      }
      total = sum;
    }

    static Ways of(Map<Integer, Integer> first, BitSet letter) {
      SortedMap<Integer, Integer> counts = new TreeMap<>();
      addTo(counts, first, 1, letter);
      return new Ways(counts);
    }

    Ways next(Positions positions, BitSet letter) {
      SortedMap<Integer, Integer> counts = new TreeMap<>();
      for (int i = 0; i < pairs.length; i += 2) {
        addTo(counts, positions.follow(pairs[i]), pairs[i + 1], letter);
      }
      return new Ways(counts);
    }

    private static void addTo(
        SortedMap<Integer, Integer> counts, Map<Integer, Integer> to, int ways, BitSet letter) {
      to.forEach(
          (position, more) -> {
            if (letter.get(position)) {
              counts.merge(position, ways * more, Integer::sum);
            }
          });
    }

    int total() {
      return total;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ways that && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(pairs);
    }
  }
}
