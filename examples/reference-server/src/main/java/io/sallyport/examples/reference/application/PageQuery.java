package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;

/** The next {@code limit} items after the one named, or the first ones. */
public record PageQuery(int limit, Optional<UUID> after) {
  public static final int DEFAULT_LIMIT = 20;
  public static final int MAX_LIMIT = 100;

  public PageQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
    }
    requireNonNull(after, "after");
  }

  public static PageQuery first() {
    return new PageQuery(DEFAULT_LIMIT, Optional.empty());
  }
}
