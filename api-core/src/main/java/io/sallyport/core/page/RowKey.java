package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How to read the sort columns out of a row: {@code RowKey.of("issuedAt",
 * Invoice::issuedAt).and("id", Invoice::id)}. Immutable.
 *
 * <p>The values must be those that the database compares: a time rounded on its way, or a text in
 * another case, is another position. They are integers, strings, UUIDs, {@code Instant}, {@code
 * OffsetDateTime}, {@code LocalDate}, {@code BigDecimal}, booleans, or {@code null} where the
 * column is declared nullable.
 *
 * @param <T> the type of a row
 */
public final class RowKey<T> {
  private final Map<String, Function<? super T, ? extends @Nullable Object>> columns;

  private RowKey(Map<String, Function<? super T, ? extends @Nullable Object>> columns) {
    this.columns = columns;
  }

  /** A key of one column. */
  public static <T> RowKey<T> of(
      String column, Function<? super T, ? extends @Nullable Object> value) {
    return new RowKey<T>(Map.of()).and(column, value);
  }

  /** This key and one more column. */
  public RowKey<T> and(String column, Function<? super T, ? extends @Nullable Object> value) {
    Map<String, Function<? super T, ? extends @Nullable Object>> more =
        new LinkedHashMap<>(columns);
    more.put(requireNonNull(column, "column"), requireNonNull(value, "value"));
    return new RowKey<>(more);
  }

  List<@Nullable Object> values(T row, Sort sort) {
    List<@Nullable Object> values = new ArrayList<>(sort.columns().size());
    for (SortColumn column : sort.columns()) {
      Function<? super T, ? extends @Nullable Object> reader = columns.get(column.name());
      if (reader == null) {
        throw new IllegalStateException(
            "the row key has no column \""
                + column.name()
                + "\"; it has "
                + columns.keySet()
                + ", add the one that the endpoint sorts by");
      }
      Object value = reader.apply(row);
      if (value == null && !column.nullable()) {
        throw new IllegalStateException(
            "column \""
                + column.name()
                + "\" has no value; declare it by Paging.nullsFirst or nullsLast");
      }
      values.add(value);
    }
    return values;
  }
}
