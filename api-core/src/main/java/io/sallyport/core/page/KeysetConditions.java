package io.sallyport.core.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows come behind a position, as conditions that do not overlap, each one range of the
 * index, in the order of the index.
 *
 * <p>Columns of one direction and without nulls are compared as a row: {@code (a, b) > (?, ?)}.
 * Otherwise the rows that tie in the first column come first, and behind them, as a range of its
 * own, those beyond it; behind these, where nulls are last, the nulls.
 */
final class KeysetConditions {
  private final Keyset keyset;
  private final List<SortColumn> columns;
  private final @Nullable Position position;

  private KeysetConditions(Keyset keyset, PageQuery query) {
    this.keyset = keyset;
    this.columns = query.scan().columns();
    this.position = query.position().orElse(null);
  }

  static KeysetConditions of(Keyset keyset, PageQuery query) {
    return new KeysetConditions(keyset, query);
  }

  List<KeysetSql> slices(PageQuery query) {
    String order = keyset.orderBy(query.scan());
    return ranges().stream()
        .map(range -> KeysetSql.of(range.sql, range.parameters, order, query.fetch()))
        .toList();
  }

  KeysetSql joined(PageQuery query) {
    String order = keyset.orderBy(query.scan());
    List<Condition> ranges = ranges();
    Condition condition = ranges.get(0);
    if (ranges.size() > 1) {
      String any =
          ranges.stream().map(Condition::sql).collect(Collectors.joining(" OR ", "(", ")"));
      List<Object> all = new ArrayList<>();
      ranges.forEach(range -> all.addAll(range.parameters));
      condition = new Condition(any, all);
      Optional<Condition> leading = leading();
      if (leading.isPresent()) {
        condition = leading.get().and(condition);
      }
    }
    return KeysetSql.of(condition.sql, condition.parameters, order, query.fetch());
  }

  private List<Condition> ranges() {
    if (position == null) {
      return List.of(Condition.of("1 = 1"));
    }
    List<Condition> ranges = from(position, 0);
    // Behind the last of the nulls, or of anything else that ends an order, there is nothing.
    return ranges.isEmpty() ? List.of(Condition.of("1 = 0")) : ranges;
  }

  /**
   * The rows behind the position, of those that tie with it in the columns before {@code index}.
   */
  private List<Condition> from(Position at, int index) {
    if (isUniform(index)) {
      return List.of(row(at, index));
    }
    List<Condition> ranges = new ArrayList<>();
    SortColumn column = columns.get(index);
    String sql = keyset.sql(column);
    boolean isNull = at.values().get(index) == null;
    if (index + 1 < columns.size()) {
      Condition tie = isNull ? Condition.of(sql + " IS NULL") : compare(at, index, "=");
      from(at, index + 1).forEach(rest -> ranges.add(tie.and(rest)));
    } else if (at.inclusive()) {
      ranges.add(isNull ? Condition.of(sql + " IS NULL") : compare(at, index, "="));
    }
    if (!isNull) {
      ranges.add(compare(at, index, beyond(column)));
      if (column.nulls() == Nulls.LAST) {
        ranges.add(Condition.of(sql + " IS NULL"));
      }
    } else if (column.nulls() == Nulls.FIRST) {
      ranges.add(Condition.of(sql + " IS NOT NULL"));
    }
    return ranges;
  }

  /** A range of the first column that holds all ranges; empty where it takes two. */
  private Optional<Condition> leading() {
    SortColumn column = columns.get(0);
    if (position == null) {
      return Optional.empty();
    }
    if (position.values().get(0) != null) {
      return column.nulls() == Nulls.LAST
          ? Optional.empty()
          : Optional.of(compare(position, 0, beyond(column) + "="));
    }
    return column.nulls() == Nulls.LAST
        ? Optional.of(Condition.of(keyset.sql(column) + " IS NULL"))
        : Optional.empty();
  }

  private boolean isUniform(int index) {
    boolean descending = columns.get(index).descending();
    return columns.subList(index, columns.size()).stream()
        .allMatch(column -> column.descending() == descending && !column.nullable());
  }

  private Condition row(Position at, int index) {
    List<Object> parameters = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = index; i < columns.size(); i++) {
      names.add(keyset.sql(columns.get(i)));
      parameters.add(keyset.parameter(at, columns.get(i), i));
    }
    String operator = beyond(columns.get(index)) + (at.inclusive() ? "=" : "");
    if (names.size() == 1) {
      return new Condition(names.get(0) + " " + operator + " ?", parameters);
    }
    String marks = "?, ".repeat(names.size() - 1) + "?";
    return new Condition(
        "(" + String.join(", ", names) + ") " + operator + " (" + marks + ")", parameters);
  }

  private Condition compare(Position at, int index, String operator) {
    SortColumn column = columns.get(index);
    return new Condition(
        keyset.sql(column) + " " + operator + " ?", List.of(keyset.parameter(at, column, index)));
  }

  private static String beyond(SortColumn column) {
    return column.descending() ? "<" : ">";
  }

  private record Condition(String sql, List<Object> parameters) {
    static Condition of(String sql) {
      return new Condition(sql, List.of());
    }

    Condition and(Condition other) {
      List<Object> both = new ArrayList<>(parameters);
      both.addAll(other.parameters);
      return new Condition(sql + " AND " + other.sql, both);
    }
  }
}
