package io.sallyport.core.cache;

import static io.sallyport.core.cache.PreconditionOutcome.FAILED;
import static io.sallyport.core.cache.PreconditionOutcome.NOT_MODIFIED;
import static io.sallyport.core.cache.PreconditionOutcome.PROCEED;

import java.time.Instant;
import java.util.Optional;

/** The precedence of RFC 9110 section 13.2.2, step by step. */
final class ConditionEvaluation {
  private ConditionEvaluation() {}

  static PreconditionOutcome evaluate(String method, ConditionalFields fields, Validators current) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    // Step 1, and step 2 only where there is no If-Match.
    if (!(fields.ifMatch() instanceof ETagList.Absent)) {
      if (!matches(fields.ifMatch(), current)) {
        return FAILED;
      }
    } else if (isModifiedAfter(fields.ifUnmodifiedSince(), current)) {
      return FAILED;
    }
    // Step 3, and step 4 only where there is no If-None-Match.
    if (fields.ifNoneMatch() instanceof ETagList.Invalid) {
      // It cannot be known to hold: a write must not go ahead on it, and a read loses a saving.
      return reads ? PROCEED : FAILED;
    } else if (!(fields.ifNoneMatch() instanceof ETagList.Absent)) {
      if (matchesNone(fields.ifNoneMatch(), current)) {
        return PROCEED;
      }
      return reads ? NOT_MODIFIED : FAILED;
    }
    return reads && isUnmodifiedSince(fields.ifModifiedSince(), current) ? NOT_MODIFIED : PROCEED;
  }

  /** If-Match, section 13.1.1: strong comparison; what is invalid matches nothing. */
  private static boolean matches(ETagList list, Validators current) {
    if (list instanceof ETagList.Any) {
      return current.exists();
    }
    return list instanceof ETagList.Tags tags
        && current.tag().isPresent()
        && tags.tags().stream().anyMatch(current.tag().get()::matchesStrongly);
  }

  /** If-None-Match, section 13.1.2: weak comparison. */
  private static boolean matchesNone(ETagList list, Validators current) {
    if (list instanceof ETagList.Any) {
      return !current.exists();
    }
    return !(list instanceof ETagList.Tags tags)
        || current.tag().isEmpty()
        || tags.tags().stream().noneMatch(current.tag().get()::matchesWeakly);
  }

  private static boolean isModifiedAfter(Optional<Instant> date, Validators current) {
    // Without a date of its own a resource cannot be shown to be unmodified; RFC 9110 section
    // 13.1.4 has the field ignored then. What does not exist has no date either.
    return date.isPresent()
        && current.lastModified().isPresent()
        && current.lastModified().get().isAfter(date.get());
  }

  private static boolean isUnmodifiedSince(Optional<Instant> date, Validators current) {
    return date.isPresent()
        && current.lastModified().isPresent()
        && !current.lastModified().get().isAfter(date.get());
  }
}
