package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a page is to hold, without a trace of HTTP: for repositories.
 *
 * <p>A source of rows answers with up to {@link #fetch} rows of {@link #scan}, nearest to the
 * position first. {@link Keyset} does that with SQL.
 *
 * @param sort the order in which the client sees the rows
 * @param size the most rows of the page
 * @param position where the page begins; empty for the first page
 */
public record PageQuery(Sort sort, int size, Optional<Position> position) {
  public PageQuery {
    requireNonNull(sort, "sort");
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, was " + size);
    }
    if (requireNonNull(position, "position").isPresent()
        && position.get().values().size() != sort.columns().size()) {
      throw new IllegalArgumentException("position must have one value for each column of " + sort);
    }
  }

  /** The first {@code size} rows. */
  public static PageQuery first(Sort sort, int size) {
    return new PageQuery(sort, size, Optional.empty());
  }

  /**
   * How many rows to fetch: one more than the page holds. Whether it is there says whether there is
   * another page, without counting.
   */
  public int fetch() {
    return size + 1;
  }

  /** Whether the rows before the position are asked for. */
  public boolean backward() {
    return position.isPresent() && position.get().backward();
  }

  /**
   * The order in which to read the rows: that of the client, or for a backward page its reverse.
   */
  public Sort scan() {
    return backward() ? sort.reversed() : sort;
  }
}
