package io.sallyport.core.page;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A table of rows that are listed in pages: a sorted list, or PostgreSQL. */
interface Rows {
  /** A row: two columns that may have no value, one that has, and a unique one. */
  record Row(int id, Integer a, String b, Instant c) {}

  RowKey<Row> KEY = RowKey.of("id", Row::id).and("a", Row::a).and("b", Row::b).and("c", Row::c);

  Keyset KEYSET =
      Keyset.by("id", "id", Integer.class)
          .and("a", "r.a", Integer.class)
          .and("b", "b", String.class)
          .and("c", "r.c", Instant.class);

  void insert(Row row);

  void delete(int id);

  void clear();

  List<Row> fetch(PageQuery query);

  /** The order of {@code sort}, by definition. */
  static Comparator<List<Object>> order(Sort sort) {
    return (one, other) -> {
      for (int i = 0; i < sort.columns().size(); i++) {
        int compared = compare(sort.columns().get(i), one.get(i), other.get(i));
        if (compared != 0) {
          return compared;
        }
      }
      return 0;
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the values of one column are of one type
  private static int compare(SortColumn column, Object one, Object other) {
    if (one == null || other == null) {
      int nullsLast = Boolean.compare(one == null, other == null);
      return column.nulls() == Nulls.LAST ? nullsLast : -nullsLast;
    }
    int compared = ((Comparable) one).compareTo(other);
    return column.descending() ? -compared : compared;
  }

  /** The simpler truth. */
  final class InMemory implements Rows {
    private final Map<Integer, Row> rows = new TreeMap<>();

    @Override
    public void insert(Row row) {
      rows.put(row.id(), row);
    }

    @Override
    public void delete(int id) {
      rows.remove(id);
    }

    @Override
    public void clear() {
      rows.clear();
    }

    List<Row> all() {
      return List.copyOf(rows.values());
    }

    @Override
    public List<Row> fetch(PageQuery query) {
      Comparator<List<Object>> order = order(query.scan());
      return rows.values().stream()
          .filter(row -> isAsked(query, order, row))
          .sorted(Comparator.comparing(row -> KEY.values(row, query.sort()), order))
          .limit(query.fetch())
          .toList();
    }

    private static boolean isAsked(PageQuery query, Comparator<List<Object>> order, Row row) {
      if (query.position().isEmpty()) {
        return true;
      }
      Position position = query.position().get();
      int compared = order.compare(KEY.values(row, query.sort()), position.values());
      return position.inclusive() ? compared >= 0 : compared > 0;
    }
  }

  /** The same by SQL, in one statement and by slices, which must agree. */
  final class InPostgres implements Rows {
    private final Connection connection;

    InPostgres(Connection connection) {
      this.connection = connection;
      run(
          "CREATE TABLE rows (id int PRIMARY KEY, a int, b text COLLATE \"C\", c timestamptz NOT"
              + " NULL)");
    }

    @Override
    public void insert(Row row) {
      run(
          "INSERT INTO rows (id, a, b, c) VALUES (?, ?, ?, ?)",
          row.id(),
          row.a(),
          row.b(),
          row.c().atOffset(ZoneOffset.UTC));
    }

    @Override
    public void delete(int id) {
      run("DELETE FROM rows WHERE id = ?", id);
    }

    @Override
    public void clear() {
      run("TRUNCATE rows");
    }

    @Override
    public List<Row> fetch(PageQuery query) {
      List<Row> one = select(KEYSET.one(query));
      List<Row> slices = KEYSET.fetch(query, this::select);
      if (!Objects.equals(one, slices)) {
        throw new AssertionError("one statement: " + one + "\nslices: " + slices);
      }
      return one;
    }

    private List<Row> select(KeysetSql page) {
      String sql = "SELECT id, a, b, c FROM rows r WHERE id > ? AND " + page.sql();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setInt(1, -1);
        page.bind(statement, 2);
        List<Row> rows = new ArrayList<>();
        ResultSet result = statement.executeQuery();
        while (result.next()) {
          rows.add(
              new Row(
                  result.getInt("id"),
                  result.getObject("a", Integer.class),
                  result.getString("b"),
                  result.getObject("c", OffsetDateTime.class).toInstant()));
        }
        return rows;
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    private void run(String sql, Object... parameters) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        statement.execute();
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }
  }
}
