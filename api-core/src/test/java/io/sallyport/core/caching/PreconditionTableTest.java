package io.sallyport.core.caching;

import static io.sallyport.core.cache.PreconditionOutcome.FAILED;
import static io.sallyport.core.cache.PreconditionOutcome.NOT_MODIFIED;
import static io.sallyport.core.cache.PreconditionOutcome.PROCEED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.cache.ETag;
import io.sallyport.core.cache.PreconditionOutcome;
import io.sallyport.core.cache.Preconditions;
import io.sallyport.core.cache.Validators;
import io.sallyport.core.testing.FakeClock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The whole truth table of RFC 9110 section 13.2.2, compared with an oracle that knows of each row
 * what was meant, and parses nothing.
 */
class PreconditionTableTest {
  private static final Instant MODIFIED = Instant.parse("2026-01-01T10:00:00Z");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "get");
  private static final List<Tags> KINDS_OF_TAGS =
      List.of(
          Tags.ABSENT,
          Tags.STRONG_SAME,
          Tags.STRONG_OTHER,
          Tags.WEAK_SAME,
          Tags.LIST_WITH_SAME,
          Tags.LIST_WITH_WEAK_SAME,
          Tags.LINES_WITHOUT,
          Tags.STAR,
          Tags.STAR_AMONG_TAGS,
          Tags.EMPTY);
  private static final Set<Tags> INVALID_TAGS =
      EnumSet.of(
          Tags.STAR_AMONG_TAGS,
          Tags.UNQUOTED,
          Tags.LOWER_CASE_WEAK,
          Tags.UNCLOSED,
          Tags.WITHOUT_COMMA,
          Tags.EMPTY);
  private static final List<Date> KINDS_OF_DATES =
      List.of(Date.ABSENT, Date.BEFORE, Date.SAME, Date.AFTER, Date.INVALID);

  /** A list of tags, and what it means where the current tag is {@code "a"} or {@code W/"a"}. */
  // Lists and validators are immutable here, which the checker cannot know.
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Tags {
    ABSENT(List.of(), false, false),
    STRONG_SAME(List.of("\"a\""), true, true),
    STRONG_OTHER(List.of("\"b\""), false, false),
    WEAK_SAME(List.of("W/\"a\""), false, true),
    WEAK_OTHER(List.of("W/\"b\""), false, false),
    LIST_WITH_SAME(List.of("\"b\", \"x,y\" ,,\"a\""), true, true),
    LIST_WITH_WEAK_SAME(List.of("\"b\", W/\"a\""), false, true),
    LINES_WITH_SAME(List.of("\"b\"", "\"a\""), true, true),
    LINES_WITHOUT(List.of("\"b\"", "W/\"c\""), false, false),
    STAR(List.of("*"), false, false),
    STAR_AMONG_TAGS(List.of("\"a\", *"), false, false),
    UNQUOTED(List.of("a"), false, false),
    LOWER_CASE_WEAK(List.of("w/\"a\""), false, false),
    UNCLOSED(List.of("\"a"), false, false),
    WITHOUT_COMMA(List.of("\"a\" \"b\""), false, false),
    EMPTY(List.of(""), false, false);

    private final List<String> lines;
    private final boolean containsStrongly;
    private final boolean containsWeakly;

    Tags(List<String> lines, boolean containsStrongly, boolean containsWeakly) {
      this.lines = lines;
      this.containsStrongly = containsStrongly;
      this.containsWeakly = containsWeakly;
    }

    boolean valid() {
      return this != ABSENT && !INVALID_TAGS.contains(this);
    }
  }

  /** A date, compared with that of the resource. */
  // Lists and validators are immutable here, which the checker cannot know.
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Date {
    ABSENT(List.of(), 0, false),
    BEFORE(List.of("Thu, 01 Jan 2026 09:59:59 GMT"), -1, true),
    SAME(List.of("Thu, 01 Jan 2026 10:00:00 GMT"), 0, true),
    AFTER(List.of("Thu, 01 Jan 2026 10:00:01 GMT"), 1, true),
    BEFORE_BY_RFC_850(List.of("Thursday, 01-Jan-26 09:59:59 GMT"), -1, true),
    SAME_BY_ASCTIME(List.of("Thu Jan  1 10:00:00 2026"), 0, true),
    INVALID(List.of("yesterday"), 0, false),
    WRONG_ZONE(List.of("Thu, 01 Jan 2026 09:59:59 CET"), 0, false),
    TWO_LINES(List.of("Thu, 01 Jan 2026 09:59:59 GMT", "Thu, 01 Jan 2026 09:59:59 GMT"), 0, false);

    private final List<String> lines;
    private final int order;
    private final boolean valid;

    Date(List<String> lines, int order, boolean valid) {
      this.lines = lines;
      this.order = order;
      this.valid = valid;
    }
  }

  // Lists and validators are immutable here, which the checker cannot know.
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Resource {
    MISSING(Validators.ofNothing(), false, false, false, false),
    BARE(Validators.ofUnversioned(), true, false, false, false),
    STRONG(Validators.of(ETag.strong("a")), true, true, true, false),
    WEAK(Validators.of(ETag.weak("a")), true, true, false, false),
    DATED(Validators.of(MODIFIED), true, false, false, true),
    STRONG_DATED(Validators.of(ETag.strong("a")).lastModified(MODIFIED), true, true, true, true),
    WEAK_DATED(
        Validators.of(ETag.weak("a")).lastModified(MODIFIED.plusMillis(999)),
        true,
        true,
        false,
        true);

    private final Validators validators;
    private final boolean exists;
    private final boolean tagged;
    private final boolean strong;
    private final boolean dated;

    Resource(Validators validators, boolean exists, boolean tagged, boolean strong, boolean dated) {
      this.validators = validators;
      this.exists = exists;
      this.tagged = tagged;
      this.strong = strong;
      this.dated = dated;
    }
  }

  private record Row(
      String method,
      Tags ifMatch,
      Date ifUnmodified,
      Tags ifNoneMatch,
      Date ifModified,
      Resource resource) {

    PreconditionOutcome actual() {
      Map<String, List<String>> fields = new HashMap<>();
      put(fields, "if-match", ifMatch.lines);
      put(fields, "IF-UNMODIFIED-SINCE", ifUnmodified.lines);
      put(fields, "If-None-Match", ifNoneMatch.lines);
      put(fields, "If-Modified-Since", ifModified.lines);
      return Preconditions.of(method, fields, new FakeClock()).evaluate(resource.validators);
    }

    /** RFC 9110 section 13.2.2, in its own order. */
    PreconditionOutcome expected() {
      boolean getOrHead = method.equals("GET") || method.equals("HEAD");
      // 1. When If-Match is present: if true, continue to step 3; if false, 412.
      if (ifMatch != Tags.ABSENT) {
        boolean holds =
            ifMatch == Tags.STAR
                ? resource.exists
                : ifMatch.valid() && ifMatch.containsStrongly && resource.strong;
        if (!holds) {
          return FAILED;
        }
      }
      // 2. When If-Match is not present and If-Unmodified-Since is: if false, 412.
      if (ifMatch == Tags.ABSENT && ifUnmodified.valid && resource.dated) {
        if (ifUnmodified.order < 0) {
          return FAILED;
        }
      }
      // 3. When If-None-Match is present: if false, 304 for GET and HEAD, else 412.
      if (ifNoneMatch != Tags.ABSENT) {
        if (!ifNoneMatch.valid()) {
          // Not covered by the RFC: a read goes on, a write does not.
          return getOrHead ? PROCEED : FAILED;
        }
        boolean holds =
            ifNoneMatch == Tags.STAR
                ? !resource.exists
                : !(ifNoneMatch.containsWeakly && resource.tagged);
        return holds ? PROCEED : getOrHead ? NOT_MODIFIED : FAILED;
      }
      // 4. When the method is GET or HEAD, If-None-Match is not present, and If-Modified-Since is.
      if (getOrHead && ifModified.valid && resource.dated && ifModified.order >= 0) {
        return NOT_MODIFIED;
      }
      // 5. and 6.: otherwise, perform the method; there are no ranges.
      return PROCEED;
    }

    private static void put(Map<String, List<String>> fields, String name, List<String> lines) {
      if (!lines.isEmpty()) {
        fields.put(name, lines);
      }
    }
  }

  @Test
  void everyRowOfTheTableIsAsTheSpecificationSays() {
    Map<PreconditionOutcome, Integer> counts = new HashMap<>();
    for (String method : METHODS) {
      for (Tags ifMatch : KINDS_OF_TAGS) {
        for (Date ifUnmodified : KINDS_OF_DATES) {
          for (Tags ifNoneMatch : KINDS_OF_TAGS) {
            for (Date ifModified : KINDS_OF_DATES) {
              for (Resource resource : Resource.values()) {
                Row row = new Row(method, ifMatch, ifUnmodified, ifNoneMatch, ifModified, resource);
                counts.merge(checked(row), 1, Integer::sum);
              }
            }
          }
        }
      }
    }

    int rows = counts.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(rows + " rows of the table of preconditions: " + counts);
    assertThat(rows).isEqualTo(6 * 10 * 5 * 10 * 5 * 7);
    assertThat(counts).containsOnlyKeys(PROCEED, NOT_MODIFIED, FAILED);
  }

  @Test
  void everyFormOfAFieldIsReadAsItIsMeant() {
    for (String method : METHODS) {
      for (Resource resource : Resource.values()) {
        for (Tags tags : Tags.values()) {
          checked(new Row(method, tags, Date.ABSENT, Tags.ABSENT, Date.ABSENT, resource));
          checked(new Row(method, Tags.ABSENT, Date.ABSENT, tags, Date.ABSENT, resource));
        }
        for (Date date : Date.values()) {
          checked(new Row(method, Tags.ABSENT, date, Tags.ABSENT, Date.ABSENT, resource));
          checked(new Row(method, Tags.ABSENT, Date.ABSENT, Tags.ABSENT, date, resource));
        }
      }
    }
  }

  private static PreconditionOutcome checked(Row row) {
    PreconditionOutcome expected = row.expected();
    PreconditionOutcome actual = row.actual();
    if (actual != expected) {
      assertThat(actual).as(row.toString()).isEqualTo(expected);
    }
    return expected;
  }
}
