package io.sallyport.core.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The value of {@code If-Match} or {@code If-None-Match}, over all its field lines. */
sealed interface ETagList {
  /** The most tags that are read; a longer list is invalid. */
  int MAX_TAGS = 64;

  /** The field is not there. */
  record Absent() implements ETagList {}

  /** {@code *}. */
  record Any() implements ETagList {}

  /** Tags, at least one. */
  record Tags(List<ETag> tags) implements ETagList {}

  /** Not what RFC 9110 allows. */
  record Invalid() implements ETagList {}

  /** Reads all lines of the field together, RFC 9110 section 5.3. */
  static ETagList parse(List<String> lines) {
    if (lines.isEmpty()) {
      return new Absent();
    }
    String value = String.join(",", lines).strip();
    if (value.equals("*")) {
      return new Any();
    }
    List<ETag> tags = new ArrayList<>(4);
    int at = 0;
    while (at < value.length()) {
      at = skipSeparators(value, at);
      if (at == value.length()) {
        break;
      }
      int end = endOfTag(value, at);
      Optional<ETag> tag = end < 0 ? Optional.empty() : ETag.parse(value.substring(at, end));
      if (tag.isEmpty() || tags.size() == MAX_TAGS) {
        return new Invalid();
      }
      tags.add(tag.get());
      at = skipSpace(value, end);
      if (at < value.length() && value.charAt(at) != ',') {
        return new Invalid();
      }
    }
    return tags.isEmpty() ? new Invalid() : new Tags(tags);
  }

  // A comma may be part of a tag, so the end is the closing quote and not the next comma.
  private static int endOfTag(String value, int at) {
    int open = value.startsWith("W/", at) ? at + 2 : at;
    if (open >= value.length() || value.charAt(open) != '"') {
      return -1;
    }
    int close = value.indexOf('"', open + 1);
    return close < 0 ? -1 : close + 1;
  }

  // Empty elements are to be ignored, RFC 9110 section 5.6.1.2.
  private static int skipSeparators(String value, int from) {
    int at = skipSpace(value, from);
    while (at < value.length() && value.charAt(at) == ',') {
      at = skipSpace(value, at + 1);
    }
    return at;
  }

  private static int skipSpace(String value, int from) {
    int at = from;
    while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
