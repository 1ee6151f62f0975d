package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL of a page: the rows behind a position, found by an index rather than by counting past
 * those before it. Immutable and safe for concurrent use.
 *
 * <pre>{@code
 * static final Keyset KEYSET =
 *     Keyset.by("issuedAt", "issued_at", Instant.class).and("id", "id", UUID.class);
 *
 * List<Invoice> rows =
 *     KEYSET.fetch(query, slice -> select("WHERE tenant_id = ? AND " + slice.sql(), tenant, slice));
 * }</pre>
 *
 * <p>The index must begin with the columns that the statement compares for equality, and go on with
 * those of the sort: {@link #index} says which. It serves the reverse order as well. Without it
 * every page reads the whole table.
 *
 * <p>The statements hold identifiers of this declaration, and parameters. They are standard SQL,
 * tried on PostgreSQL.
 */
public final class Keyset {
  private static final Pattern IDENTIFIER =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");

  private final Map<String, Column> columns;

  private Keyset(Map<String, Column> columns) {
    this.columns = columns;
  }

  /**
   * A keyset of one column.
   *
   * @param name the name of the column in a {@link Sort}
   * @param sql its name in SQL, not quoted, with or without an alias before it
   * @param type the type of its values, as {@link RowKey} reads them
   */
  public static Keyset by(String name, String sql, Class<?> type) {
    return new Keyset(Map.of()).and(name, sql, type);
  }

  /** This keyset and one more column. */
  public Keyset and(String name, String sql, Class<?> type) {
    Map<String, Column> more = new LinkedHashMap<>(columns);
    Column column = new Column(identifier(sql), KeyValues.kept(type));
    if (more.put(requireNonNull(name, "name"), column) != null) {
      throw new IllegalArgumentException("column \"" + name + "\" must be declared once");
    }
    return new Keyset(more);
  }

  /**
   * The page in one statement. Where {@linkplain #slices several ranges} make it up, they are
   * joined by {@code OR} behind a condition on the first column that bounds the range to read, if
   * there is one: rows that tie with the position in the first column, or where it is nullable
   * those on the far side of the nulls, are then read and dropped. {@link #fetch} has no such rows.
   */
  public KeysetSql one(PageQuery query) {
    return KeysetConditions.of(this, query).joined(query);
  }

  /**
   * The page in statements that each read one range of the index, in the order in which to run
   * them: as long as rows are missing. There is one where the columns have one direction and no
   * nulls.
   */
  public List<KeysetSql> slices(PageQuery query) {
    return KeysetConditions.of(this, query).slices(query);
  }

  /**
   * The rows of the page, by as many {@link #slices} as it takes.
   *
   * @param run runs one statement, in one transaction with the others where the rows of a page must
   *     be of one moment
   */
  public <T> List<T> fetch(PageQuery query, Function<KeysetSql, List<T>> run) {
    List<T> rows = new ArrayList<>();
    for (KeysetSql slice : slices(query)) {
      int missing = query.fetch() - rows.size();
      if (missing > 0) {
        rows.addAll(run.apply(slice.limit(missing)));
      }
    }
    return rows;
  }

  /**
   * The statement that creates the index for {@code sort}.
   *
   * @param table the table, with or without its schema
   * @param equalTo the SQL names of the columns that the statement compares for equality, such as
   *     the tenant; they come first
   */
  public String index(String table, Sort sort, String... equalTo) {
    List<String> equal = Arrays.stream(equalTo).map(Keyset::identifier).toList();
    String by =
        Stream.concat(equal.stream(), sort.columns().stream().map(this::term))
            .collect(Collectors.joining(", "));
    return "CREATE INDEX ON " + identifier(table) + " (" + by + ")";
  }

  String orderBy(Sort sort) {
    return sort.columns().stream()
        .map(this::term)
        .collect(Collectors.joining(", ", "ORDER BY ", ""));
  }

  // Where nulls come is said only where there are some: an index on a column without them matches
  // either way, and the reader is not left to wonder.
  private String term(SortColumn column) {
    String direction = column.descending() ? " DESC" : "";
    String nulls = column.nullable() ? " NULLS " + column.nulls() : "";
    return sql(column) + direction + nulls;
  }

  String sql(SortColumn column) {
    return declared(column).sql;
  }

  /** The parameter for the value of column {@code index} in {@code position}. */
  Object parameter(Position position, SortColumn column, int index) {
    Object value = position.value(index, declared(column).type);
    if (value == null) {
      throw new IllegalArgumentException("column " + column.name() + " must have a value");
    }
    // JDBC 4.2 knows no Instant.
    return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
  }

  private Column declared(SortColumn column) {
    Column declared = columns.get(column.name());
    if (declared == null) {
      throw new IllegalStateException(
          "the keyset has no column \""
              + column.name()
              + "\"; it has "
              + columns.keySet()
              + ", add the one that the endpoint sorts by");
    }
    return declared;
  }

  private static String identifier(String sql) {
    if (!IDENTIFIER.matcher(requireNonNull(sql, "sql")).matches()) {
      throw new IllegalArgumentException(
          "identifier must be letters, digits and underscores, with or without an alias, was \""
              + sql
              + "\"; give an expression a name by a view or a generated column");
    }
    return sql;
  }

  @Override
  public String toString() {
    return "keyset of " + columns.keySet();
  }

  private record Column(String sql, Class<?> type) {}
}
