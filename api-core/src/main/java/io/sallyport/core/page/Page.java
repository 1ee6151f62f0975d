package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as a client sees it: {@code {"items": [...], "next": "...", "previous":
 * "..."}}. Immutable.
 *
 * @param items the rows in the order of the list
 * @param next the cursor of the rows after these; absent where there are none
 * @param previous the cursor of the rows before these; absent on the first page
 * @param count how many rows there are, where that was asked for
 * @param link the value of a {@code Link} header field, RFC 8288; {@code null} where it would be
 *     too long
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
    List<T> items,
    @Nullable String next,
    @Nullable String previous,
    @Nullable Count count,
    @JsonIgnore @Nullable String link) {
  public Page {
    items = List.copyOf(items);
  }

  /** This page with each row as {@code view} shows it. */
  public <V> Page<V> map(Function<? super T, ? extends V> view) {
    return new Page<>(items.stream().<V>map(view).toList(), next, previous, count, link);
  }

  /** This page with the number of rows. */
  public Page<T> withCount(Count counted) {
    return new Page<>(items, next, previous, requireNonNull(counted, "counted"), link);
  }

  /** Adds the {@code Link} header field: {@code page.linkTo(response::addHeader)}. */
  public void linkTo(BiConsumer<String, String> header) {
    if (link != null) {
      header.accept("Link", link);
    }
  }
}
