package io.sallyport.core.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page that was asked for, and what makes it of the rows that were found.
 *
 * @param query what was asked for
 * @param cursors makes the cursors of the pages beside it
 * @param links where those pages are
 */
record RequestedPage(PageQuery query, BoundCursors cursors, PageLinks links) {
  <T> Page<T> of(List<T> fetched, RowKey<T> key) {
    boolean more = fetched.size() > query.size();
    List<T> items = new ArrayList<>(more ? fetched.subList(0, query.size()) : fetched);
    if (query.backward()) {
      Collections.reverse(items);
    }
    String next = cursor(next(items, more, key));
    String previous = cursor(previous(items, more, key));
    return new Page<>(items, next, previous, null, links.field(next, previous));
  }

  private <T> @Nullable Position next(List<T> items, boolean more, RowKey<T> key) {
    if (items.isEmpty()) {
      return query.backward() ? rest() : null;
    }
    // A backward page came from somewhere after it.
    T last = items.get(items.size() - 1);
    return query.backward() || more ? Position.after(key.values(last, query.sort())) : null;
  }

  private <T> @Nullable Position previous(List<T> items, boolean more, RowKey<T> key) {
    if (items.isEmpty()) {
      return query.backward() ? null : rest();
    }
    boolean any = query.backward() ? more : query.position().isPresent();
    return any ? Position.before(key.values(items.get(0), query.sort())) : null;
  }

  // All rows on this side of the position are gone; what is left is on the other, that row
  // included.
  private @Nullable Position rest() {
    Optional<Position> position = query.position();
    return position.isPresent() ? position.get().complement() : null;
  }

  private @Nullable String cursor(@Nullable Position position) {
    return position == null ? null : cursors.write(position);
  }
}
