package io.sallyport.examples.benchmarks;

import io.sallyport.core.page.Keyset;
import io.sallyport.core.page.KeysetSql;
import io.sallyport.core.page.Nulls;
import io.sallyport.core.page.PageQuery;
import io.sallyport.core.page.Position;
import io.sallyport.core.page.Sort;
import io.sallyport.core.page.SortColumn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of 20 out of millions of rows costs in PostgreSQL, the first and one far behind, by
 * {@link Keyset} and by {@code OFFSET}.
 *
 * <p>A program of its own rather than JMH, which would fill the table for each figure:
 *
 * <pre>{@code
 * ./mvnw -Pfast,keyset -DskipTests package -pl examples/benchmarks -am -Dkeyset.rows=5000000
 * }</pre>
 */
public final class KeysetBenchmark {
  private static final int SIZE = 20;
  private static final int ROUNDS = 300;
  private static final int SLOW_ROUNDS = 3;

  private static final Keyset KEYSET =
      Keyset.by("issuedAt", "issued_at", Instant.class)
          .and("dueOn", "due_on", LocalDate.class)
          .and("id", "id", Long.class);

  private static final Sort ONE_DIRECTION = Sort.by("-issuedAt", "-id");
  private static final Sort MIXED = Sort.by("-issuedAt", "id");
  private static final Sort NULLABLE =
      new Sort(
          List.of(
              new SortColumn("dueOn", false, Nulls.LAST), new SortColumn("id", true, Nulls.NONE)));

  private static final String SELECT =
      "SELECT id, issued_at, due_on, total FROM invoices WHERE tenant_id = ? AND ";
  private static final Pattern ACTUAL_ROWS = Pattern.compile("actual rows=([0-9]+)");
  private static final Pattern HIT = Pattern.compile("shared hit=([0-9]+)");
  private static final Pattern READ = Pattern.compile("shared (?:hit=[0-9]+ )?read=([0-9]+)");

  private final Connection connection;
  private final int rows;

  private KeysetBenchmark(Connection connection, int rows) {
    this.connection = connection;
    this.rows = rows;
  }

  /** Measures with as many rows as the first argument says, 5,000,000 without one. */
  public static void main(String[] args) throws IOException, SQLException {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 5_000_000;
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "off")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        Connection connection = postgres.getPostgresDatabase().getConnection()) {
      new KeysetBenchmark(connection, rows).run();
    }
  }

  private void run() throws SQLException {
    fill();
    System.out.printf("%,d rows, pages of %d, medians in microseconds%n", rows, SIZE);
    System.out.printf(
        "%-16s %9s %9s %9s %6s %9s %6s %9s   buffers: first, fetch, one, offset%n",
        "order", "page", "first", "fetch", "ratio", "one", "ratio", "offset");
    for (Sort sort : List.of(ONE_DIRECTION, MIXED, NULLABLE)) {
      for (int page : new int[] {10_000, rows / SIZE - 1}) {
        measure(sort, page);
      }
    }
  }

  private void fill() throws SQLException {
    execute(
        "CREATE TABLE invoices (id bigint PRIMARY KEY, tenant_id text NOT NULL, issued_at"
            + " timestamptz NOT NULL, due_on date, total bigint NOT NULL, status text NOT NULL)");
    // Three invoices share a second, a tenth has no due date.
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO invoices SELECT n, 'acme', timestamptz '2020-01-01 00:00:00Z' + interval"
                + " '1 second' * (n / 3), CASE WHEN n % 10 > 0 THEN date '2020-01-01' + (n * 7919 %"
                + " 3650)::int END, n * 37 % 100000, 'OPEN' FROM generate_series(1, ?::bigint)"
                + " n")) {
      insert.setInt(1, rows);
      insert.execute();
    }
    for (Sort sort : List.of(ONE_DIRECTION, MIXED, NULLABLE)) {
      String index = KEYSET.index("invoices", sort, "tenant_id");
      System.out.println(index);
      execute(index);
    }
    execute("VACUUM ANALYZE invoices");
  }

  private void measure(Sort sort, int page) throws SQLException {
    PageQuery first = PageQuery.first(sort, SIZE);
    PageQuery far = new PageQuery(sort, SIZE, Optional.of(positionBefore(sort, page)));
    int skipped = (page - 1) * SIZE;
    List<Row> expected = offset(sort, skipped);
    if (!expected.equals(KEYSET.fetch(far, this::select))
        || !expected.equals(select(KEYSET.one(far)))) {
      throw new IllegalStateException("not the same page " + page + " by " + sort);
    }
    long[] firsts = new long[ROUNDS];
    long[] fetches = new long[ROUNDS];
    long[] ones = new long[ROUNDS];
    for (int warm = 0; warm < 2; warm++) {
      // In turns, so that whatever else the machine does falls on all of them.
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        KEYSET.fetch(first, this::select);
        long fetch = System.nanoTime();
        KEYSET.fetch(far, this::select);
        long one = System.nanoTime();
        select(KEYSET.one(far));
        ones[round] = System.nanoTime() - one;
        fetches[round] = one - fetch;
        firsts[round] = fetch - start;
      }
    }
    long[] offsets = new long[SLOW_ROUNDS];
    for (int round = 0; round < SLOW_ROUNDS; round++) {
      long start = System.nanoTime();
      offset(sort, skipped);
      offsets[round] = System.nanoTime() - start;
    }
    double base = median(firsts);
    System.out.printf(
        "%-16s %,9d %9.0f %9.0f %6.2f %9.0f %6.2f %9.0f   buffers: %d, %d, %d, %d%n",
        sort,
        page,
        base,
        median(fetches),
        median(fetches) / base,
        median(ones),
        median(ones) / base,
        median(offsets),
        buffers(KEYSET.slices(first), 0),
        buffers(KEYSET.slices(far), 0),
        buffers(List.of(KEYSET.one(far)), 0),
        buffers(KEYSET.slices(first), skipped));
  }

  private Position positionBefore(Sort sort, int page) throws SQLException {
    Row last = offset(sort, (page - 1) * SIZE - 1).get(0);
    List<Object> values = new ArrayList<>();
    for (SortColumn column : sort.columns()) {
      values.add(
          switch (column.name()) {
            case "issuedAt" -> last.issuedAt;
            case "dueOn" -> last.dueOn;
            default -> last.id;
          });
    }
    return new Position(values, false, false);
  }

  private List<Row> select(KeysetSql slice) {
    String sql = SELECT + slice.sql();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "acme");
      slice.bind(statement, 2);
      return rows(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private List<Row> offset(Sort sort, int skipped) throws SQLException {
    KeysetSql all = KEYSET.one(PageQuery.first(sort, SIZE));
    String sql = SELECT + all.sql() + " OFFSET ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "acme");
      statement.setInt(all.bind(statement, 2), skipped);
      return rows(statement);
    }
  }

  /** How many pages of 8 KiB PostgreSQL touches, which no other load on the machine changes. */
  private int buffers(List<KeysetSql> slices, int skipped) throws SQLException {
    int touched = 0;
    int missing = SIZE + 1;
    for (KeysetSql slice : slices) {
      if (missing > 0) {
        String plan = plan(slice, skipped);
        // The first of each in a plan is that of the whole.
        missing -= first(ACTUAL_ROWS, plan);
        touched += first(HIT, plan) + first(READ, plan);
      }
    }
    return touched;
  }

  private String plan(KeysetSql slice, int skipped) throws SQLException {
    String sql = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " + SELECT + slice.sql() + " OFFSET ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "acme");
      statement.setInt(slice.bind(statement, 2), skipped);
      StringBuilder plan = new StringBuilder();
      ResultSet lines = statement.executeQuery();
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
      return plan.toString();
    }
  }

  private static int first(Pattern pattern, String plan) {
    Matcher matcher = pattern.matcher(plan);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static List<Row> rows(PreparedStatement statement) throws SQLException {
    List<Row> rows = new ArrayList<>(SIZE + 1);
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(
            new Row(
                result.getLong(1),
                result.getObject(2, OffsetDateTime.class).toInstant(),
                result.getObject(3, LocalDate.class),
                result.getLong(4)));
      }
    }
    return rows;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1_000.0;
  }

  private record Row(long id, Instant issuedAt, LocalDate dueOn, long total) {}
}
