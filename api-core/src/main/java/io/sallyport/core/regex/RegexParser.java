package io.sallyport.core.regex;

import io.sallyport.core.regex.RegexNode.Atom;
import io.sallyport.core.regex.RegexNode.Choice;
import io.sallyport.core.regex.RegexNode.Look;
import io.sallyport.core.regex.RegexNode.Nothing;
import io.sallyport.core.regex.RegexNode.Repeat;
import io.sallyport.core.regex.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the syntax of {@link Pattern}. The text has been compiled before, so that it is known to be
 * well-formed; what is not understood is never guessed at.
 */
final class RegexParser {
  private static final int FLAGS_OF_ATOMS =
      Pattern.CASE_INSENSITIVE
          | Pattern.UNICODE_CASE
          | Pattern.UNICODE_CHARACTER_CLASS
          | Pattern.DOTALL
          | Pattern.UNIX_LINES;

  private final String text;
  private int at;
  private int flags;

  private RegexParser(Pattern pattern) {
    this.text = pattern.pattern();
    this.flags = pattern.flags();
  }

  static RegexNode parse(Pattern pattern) {
    RegexParser parser = new RegexParser(pattern);
    if ((parser.flags & Pattern.LITERAL) != 0) {
      return new Nothing();
    }
    refuseFlags(parser.flags);
    RegexNode node = parser.choice();
    if (parser.at != parser.text.length()) {
      throw new NotAnalysableException("is not understood from character " + parser.at);
    }
    return node;
  }

  private static void refuseFlags(int flags) {
    if ((flags & (Pattern.COMMENTS | Pattern.CANON_EQ)) != 0) {
      throw new NotAnalysableException("uses comments or canonical equivalence");
    }
  }

  private RegexNode choice() {
    int outer = flags;
    List<RegexNode> branches = new ArrayList<>();
    branches.add(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      branches.add(sequence());
    }
    flags = outer;
    return branches.size() == 1 ? branches.get(0) : new Choice(branches);
  }

  private RegexNode sequence() {
    List<RegexNode> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      if (text.startsWith("\\Q", at)) {
        quoted(parts);
        // A quantifier behind a quotation is about its last character.
        if (!parts.isEmpty()) {
          parts.add(repeated(parts.remove(parts.size() - 1)));
        }
      } else {
        parts.add(repeated(one()));
      }
    }
    return new Sequence(parts);
  }

  private void quoted(List<RegexNode> parts) {
    int end = text.indexOf("\\E", at + 2);
    String inner = text.substring(at + 2, end < 0 ? text.length() : end);
    inner.codePoints().forEach(c -> parts.add(atom(Pattern.quote(Character.toString(c)))));
    at = end < 0 ? text.length() : end + 2;
  }

  private RegexNode one() {
    return switch (text.charAt(at)) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      case '^', '$' -> {
        at++;
        yield new Nothing();
      }
      case '.' -> {
        at++;
        yield atom(".");
      }
      default -> {
        int literal = text.codePointAt(at);
        at += Character.charCount(literal);
        yield atom(Pattern.quote(Character.toString(literal)));
      }
    };
  }

  private RegexNode repeated(RegexNode body) {
    RegexNode node = body;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '*') {
        node = new Repeat(node, 0, Repeat.UNBOUNDED);
      } else if (c == '+') {
        node = new Repeat(node, 1, Repeat.UNBOUNDED);
      } else if (c == '?') {
        node = new Repeat(node, 0, 1);
      } else if (c == '{') {
        node = counted(node);
      } else {
        return node;
      }
      at++;
      if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == '+')) {
        at++;
      }
    }
    return node;
  }

  /** Leaves the parser at the closing brace. */
  private RegexNode counted(RegexNode body) {
    int end = text.indexOf('}', at);
    String[] bounds = text.substring(at + 1, end).split(",", -1);
    at = end;
    try {
      int min = Integer.parseInt(bounds[0]);
      int max = min;
      if (bounds.length == 2) {
        max = bounds[1].isEmpty() ? Repeat.UNBOUNDED : Integer.parseInt(bounds[1]);
      }
      return new Repeat(body, min, max);
    } catch (NumberFormatException e) {
      throw new NotAnalysableException("has a repetition that is not understood");
    }
  }

  private RegexNode group() {
    int outer = flags;
    boolean look = false;
    at++;
    if (text.startsWith("?=", at) || text.startsWith("?!", at)) {
      look = true;
      at += 2;
    } else if (text.startsWith("?<=", at) || text.startsWith("?<!", at)) {
      throw new NotAnalysableException("looks behind");
    } else if (text.startsWith("?<", at)) {
      at = text.indexOf('>', at) + 1;
    } else if (text.startsWith("?>", at) || text.startsWith("?:", at)) {
      at += 2;
    } else if (text.startsWith("?", at)) {
      at++;
      if (inlineFlags()) {
        // (?i) holds to the end of the group around it.
        return new Nothing();
      }
    }
    RegexNode body = choice();
    at++;
    flags = outer;
    return look ? new Look(body) : body;
  }

  /** Whether the flags were all that the group had. */
  private boolean inlineFlags() {
    boolean on = true;
    for (char c = text.charAt(at++); c != ')' && c != ':'; c = text.charAt(at++)) {
      if (c == '-') {
        on = false;
      } else {
        int flag = flag(c);
        flags = on ? flags | flag : flags & ~flag;
        refuseFlags(flags);
      }
    }
    return text.charAt(at - 1) == ')';
  }

  private static int flag(char c) {
    return switch (c) {
      case 'i' -> Pattern.CASE_INSENSITIVE;
      case 'd' -> Pattern.UNIX_LINES;
      case 'm' -> Pattern.MULTILINE;
      case 's' -> Pattern.DOTALL;
      case 'u' -> Pattern.UNICODE_CASE;
      case 'x' -> Pattern.COMMENTS;
      case 'U' -> Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;
      default -> throw new NotAnalysableException("has a flag that is not understood");
    };
  }

  private RegexNode characterClass() {
    // The shortest prefix that compiles is the class: one with an open bracket does not.
    for (int end = text.indexOf(']', at); end >= 0; end = text.indexOf(']', end + 1)) {
      String candidate = text.substring(at, end + 1);
      if (compiles(candidate)) {
        at = end + 1;
        return atom(candidate);
      }
    }
    throw new NotAnalysableException("has a character class that is not understood");
  }

  private static boolean compiles(String candidate) {
    try {
      Pattern.compile(candidate);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private RegexNode escape() {
    int start = at;
    char c = text.charAt(at + 1);
    switch (c) {
      case 'b', 'B', 'A', 'G', 'Z', 'z' -> {
        at += text.startsWith("{g}", at + 2) ? 5 : 2;
        return new Nothing();
      }
      case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          throw new NotAnalysableException("refers back to a group");
      case 'R', 'X', 'N' -> throw new NotAnalysableException("uses \\" + c);
      case 'p', 'P', 'x' ->
          at = text.startsWith("{", at + 2) ? text.indexOf('}', at) + 1 : at + (c == 'x' ? 4 : 3);
      case 'u' -> {
        at += 6;
        at += isSurrogatePair(start) ? 6 : 0;
      }
      case '0' -> octal(start);
      case 'c' -> at += 3;
      default -> at += 1 + Character.charCount(text.codePointAt(at + 1));
    }
    return atom(text.substring(start, at));
  }

  private void octal(int start) {
    at += 3;
    while (at < text.length()
        && Character.digit(text.charAt(at), 8) >= 0
        && compiles(text.substring(start, at + 1))
        && at < start + (text.charAt(start + 2) <= '3' ? 5 : 4)) {
      at++;
    }
  }

  private boolean isSurrogatePair(int start) {
    return Character.isHighSurrogate((char) Integer.parseInt(text.substring(start + 2, at), 16))
        && text.startsWith("\\u", at);
  }

  private Atom atom(String one) {
    return new Atom(one, flags & FLAGS_OF_ATOMS);
  }
}
