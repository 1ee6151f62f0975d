package io.sallyport.core.cache;

import io.sallyport.core.field.HttpDate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a request, taken apart. A date that is invalid or given twice is empty, and so
 * ignored; {@code If-Range} has no meaning here, since no ranges are offered.
 */
record ConditionalFields(
    ETagList ifMatch,
    Optional<Instant> ifUnmodifiedSince,
    ETagList ifNoneMatch,
    Optional<Instant> ifModifiedSince) {

  /** Reads the values of each field, one for each field line. */
  static ConditionalFields parse(
      List<String> ifMatch,
      List<String> ifUnmodifiedSince,
      List<String> ifNoneMatch,
      List<String> ifModifiedSince,
      InstantSource clock) {
    return new ConditionalFields(
        ETagList.parse(ifMatch),
        date(ifUnmodifiedSince, clock),
        ETagList.parse(ifNoneMatch),
        date(ifModifiedSince, clock));
  }

  private static Optional<Instant> date(List<String> lines, InstantSource clock) {
    return lines.size() == 1 ? HttpDate.parse(lines.get(0), clock) : Optional.empty();
  }
}
