package io.sallyport.core.cache;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The conditions of one request, RFC 9110 section 13. Immutable.
 *
 * <p>A handler asks {@link ConditionalRequest}, which has these; this class is for whoever has a
 * request in another form. {@code If-Range} is ignored, since no ranges are offered.
 */
public final class Preconditions {
  private final String method;
  private final ConditionalFields fields;

  private Preconditions(String method, ConditionalFields fields) {
    this.method = method;
    this.fields = fields;
  }

  /**
   * The conditions of a request.
   *
   * @param method the method, case-sensitive
   * @param fields the values of each header field, one for each field line; names in any case
   */
  public static Preconditions of(
      String method, Map<String, List<String>> fields, InstantSource clock) {
    Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(fields);
    return new Preconditions(
        method,
        ConditionalFields.parse(
            byName.getOrDefault("If-Match", List.of()),
            byName.getOrDefault("If-Unmodified-Since", List.of()),
            byName.getOrDefault("If-None-Match", List.of()),
            byName.getOrDefault("If-Modified-Since", List.of()),
            clock));
  }

  /** What they ask for, given the {@code current} representation. */
  public PreconditionOutcome evaluate(Validators current) {
    return ConditionEvaluation.evaluate(method, fields, current);
  }

  /** Whether there is an {@code If-Match} with tags, which protects against lost updates. */
  public boolean namesVersion() {
    return fields.ifMatch() instanceof ETagList.Tags;
  }

  /** Whether {@code If-None-Match: *} asks that the resource be created and never replaced. */
  public boolean createsOnly() {
    return fields.ifNoneMatch() instanceof ETagList.Any;
  }
}
