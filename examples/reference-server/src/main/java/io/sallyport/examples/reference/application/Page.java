package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A stretch of a list, in the order of the items' ids, which is that of their creation.
 *
 * @param next what to ask for {@linkplain PageQuery#after after} this page; empty at the end
 */
public record Page<T>(List<T> items, Optional<UUID> next) {
  public Page {
    items = List.copyOf(items);
    requireNonNull(next, "next");
  }

  /**
   * Cuts {@code fetched} to the limit of {@code query}. Fetch one item more than the limit: its
   * presence says that there is a next page, without counting the table.
   */
  public static <T> Page<T> of(List<T> fetched, PageQuery query, Function<T, UUID> id) {
    if (fetched.size() <= query.limit()) {
      return new Page<>(fetched, Optional.empty());
    }
    List<T> items = fetched.subList(0, query.limit());
    return new Page<>(items, Optional.of(id.apply(items.get(items.size() - 1))));
  }
}
