package io.sallyport.core.page;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A total order of rows: columns of which the last is unique, so that no two rows tie. Immutable.
 *
 * @param columns the columns, the most significant first
 */
public record Sort(List<SortColumn> columns) {
  /** The most columns of a sort. */
  public static final int MAX_COLUMNS = 8;

  public Sort {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "a sort must have 1 to " + MAX_COLUMNS + " columns, was " + columns);
    }
  }

  /**
   * A sort by {@code columns}, of which none has nulls; a minus sign makes one descending: {@code
   * Sort.by("-issuedAt", "id")}. The last must be unique.
   */
  public static Sort by(String... columns) {
    return new Sort(Arrays.stream(columns).map(SortColumn::parse).toList());
  }

  /** This order from its end. */
  public Sort reversed() {
    return new Sort(columns.stream().map(SortColumn::reversed).toList());
  }

  @Override
  public String toString() {
    return columns.stream().map(SortColumn::toString).collect(Collectors.joining(", "));
  }
}
