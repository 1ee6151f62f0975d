package io.sallyport.core.regex;

import io.sallyport.core.regex.RegexNode.Atom;
import io.sallyport.core.regex.RegexNode.Choice;
import io.sallyport.core.regex.RegexNode.Look;
import io.sallyport.core.regex.RegexNode.Repeat;
import io.sallyport.core.regex.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The automaton of Glushkov: one state for each place of the expression that takes a character, and
 * for each pair of them in how many ways a backtracking matcher comes from one to the other.
 *
 * <p>The number of ways is what sets this apart from an automaton that only says whether: {@code
 * (a+)+} comes from {@code a} to {@code a} by the inner loop and by the outer.
 */
final class Positions {
  private static final int MOST = 4000;

  // Of one character class, so many repetitions are told apart; more are taken for any number,
  // which allows for more ways to match and never for fewer.
  private static final int MOST_COUNTED = 64;

  // Beyond every limit that is asked about, and far from an overflow.
  private static final int MANY = 10_000;

  private final List<Atom> atoms = new ArrayList<>();
  private final List<Map<Integer, Integer>> follow = new ArrayList<>();
  private final List<Positions> looks = new ArrayList<>();
  private Map<Integer, Integer> first = Map.of();
  private int repetitions;
  private boolean unboundedBefore;

  private Positions() {}

  static Positions of(RegexNode node) {
    Positions positions = new Positions();
    positions.first = positions.build(node).first;
    return positions;
  }

  List<Atom> atoms() {
    return atoms;
  }

  /** Where a match may begin. */
  Map<Integer, Integer> first() {
    return first;
  }

  /** Where a match may go on from {@code position}. */
  Map<Integer, Integer> follow(int position) {
    return follow.get(position);
  }

  /** What is run by itself, at one place. */
  List<Positions> looks() {
    return looks;
  }

  private Fragment build(RegexNode node) {
    if (node instanceof Atom atom) {
      return single(atom);
    }
    if (node instanceof Sequence sequence) {
      Fragment whole = Fragment.EMPTY;
      for (RegexNode part : sequence.parts()) {
        whole = then(whole, build(part));
      }
      return whole;
    }
    if (node instanceof Choice choice) {
      Fragment whole = new Fragment(0, Map.of(), Map.of());
      for (RegexNode branch : choice.branches()) {
        whole = either(whole, build(branch));
      }
      return whole;
    }
    if (node instanceof Repeat repeat) {
      repetitions++;
      Fragment whole = repeat(repeat);
      repetitions--;
      return whole;
    }
    if (node instanceof Look look) {
      return look(look);
    }
    // Nothing, the only other.
    return Fragment.EMPTY;
  }

  private Fragment single(Atom atom) {
    if (atoms.size() == MOST) {
      throw new NotAnalysableException("is too large to be shown safe");
    }
    int position = atoms.size();
    atoms.add(atom);
    follow.add(new HashMap<>());
    return new Fragment(0, Map.of(position, 1), Map.of(position, 1));
  }

  // It is run once for each way to come to it, each time over what is left of the text: where the
  // number of ways grows with the text, that is a square.
  private Fragment look(Look look) {
    if (repetitions > 0 || unboundedBefore) {
      throw new NotAnalysableException("looks ahead within or behind a repetition");
    }
    looks.add(of(look.body()));
    return Fragment.EMPTY;
  }

  private Fragment repeat(Repeat repeat) {
    RegexNode body = repeat.body();
    if (repeat.max() == 0) {
      return Fragment.EMPTY;
    }
    boolean manyOfOne =
        body instanceof Atom && repeat.max() > MOST_COUNTED && repeat.max() != repeat.min();
    if (repeat.max() == Repeat.UNBOUNDED || manyOfOne) {
      Fragment whole = Fragment.EMPTY;
      // Copies of one class before its loop take the same characters as the loop.
      int copies = body instanceof Atom ? 0 : repeat.min() - 1;
      for (int i = 0; i < copies; i++) {
        whole = then(whole, build(body));
      }
      Fragment loop = loop(build(body));
      unboundedBefore = true;
      return then(whole, repeat.min() == 0 ? optional(loop) : loop);
    }
    Fragment rest = Fragment.EMPTY;
    for (int i = repeat.max(); i > repeat.min(); i--) {
      rest = optional(then(build(body), rest));
    }
    Fragment whole = Fragment.EMPTY;
    for (int i = 0; i < repeat.min(); i++) {
      whole = then(whole, build(body));
    }
    return then(whole, rest);
  }

  /** Once or more. */
  private Fragment loop(Fragment body) {
    if (body.empty > 0) {
      // Matchers differ in how often they repeat what takes nothing.
      throw new NotAnalysableException("repeats what can match nothing without end");
    }
    connect(body.last, body.first);
    return body;
  }

  private static Fragment optional(Fragment body) {
    return new Fragment(Math.min(MANY, body.empty + 1), body.first, body.last);
  }

  private Fragment then(Fragment a, Fragment b) {
    connect(a.last, b.first);
    return new Fragment(
        Math.min(MANY, a.empty * b.empty),
        plus(a.first, times(b.first, a.empty)),
        plus(b.last, times(a.last, b.empty)));
  }

  private static Fragment either(Fragment a, Fragment b) {
    return new Fragment(
        Math.min(MANY, a.empty + b.empty), plus(a.first, b.first), plus(a.last, b.last));
  }

  private void connect(Map<Integer, Integer> from, Map<Integer, Integer> to) {
    from.forEach(
        (p, ways) ->
            to.forEach(
                (q, more) -> follow.get(p).merge(q, ways * more, (x, y) -> Math.min(MANY, x + y))));
  }

  private static Map<Integer, Integer> plus(Map<Integer, Integer> a, Map<Integer, Integer> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    Map<Integer, Integer> sum = new HashMap<>(a);
    b.forEach((position, ways) -> sum.merge(position, ways, (x, y) -> Math.min(MANY, x + y)));
    return sum;
  }

  private static Map<Integer, Integer> times(Map<Integer, Integer> a, int factor) {
    if (factor == 0 || a.isEmpty()) {
      return Map.of();
    }
    if (factor == 1) {
      return a;
    }
    Map<Integer, Integer> product = new HashMap<>();
    a.forEach((position, ways) -> product.put(position, Math.min(MANY, ways * factor)));
    return product;
  }

  /**
   * A part of the expression.
   *
   * @param empty in how many ways it takes nothing
   * @param first where it may begin
   * @param last where it may end
   */
  private record Fragment(int empty, Map<Integer, Integer> first, Map<Integer, Integer> last) {
    static final Fragment EMPTY = new Fragment(1, Map.of(), Map.of());
  }
}
