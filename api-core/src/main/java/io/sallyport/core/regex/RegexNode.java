package io.sallyport.core.regex;

import java.util.List;

/** A regular expression as far as it matters which characters may follow which. */
sealed interface RegexNode {
  /** What takes no character: an anchor, a boundary, an empty branch. */
  record Nothing() implements RegexNode {}

  /**
   * What takes one character.
   *
   * @param text a regular expression of its own, for one character
   * @param flags the flags in force there
   */
  record Atom(String text, int flags) implements RegexNode {}

  /** One after the other. */
  record Sequence(List<RegexNode> parts) implements RegexNode {}

  /** One of several. */
  record Choice(List<RegexNode> branches) implements RegexNode {}

  /**
   * Greedy, reluctant and possessive alike: the last backtracks into fewer ways, never into more.
   *
   * @param max the most repetitions, {@link #UNBOUNDED} where there is no most
   */
  record Repeat(RegexNode body, int min, int max) implements RegexNode {
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }

  /** A look-ahead, positive or negative. */
  record Look(RegexNode body) implements RegexNode {}
}
