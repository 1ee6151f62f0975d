package io.sallyport.core.page;

import static io.sallyport.core.endpoint.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.page.Rows.Row;
import io.sallyport.core.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Walks over a list whose rows come and go between the pages. A property takes the seed of all its
 * choices, so that a walk which failed is walked again by it.
 */
class PageWalkProperties {
  private static final Endpoint ENDPOINT = get("/rows").id("listRows");
  private static final Cursors CURSORS = Cursors.of(CursorKey.ofThisProcess());

  private static Connection connection;
  private static Rows.InPostgres postgres;

  @BeforeContainer
  static void start() throws SQLException {
    connection = PostgresServer.shared().newDatabase().dataSource().getConnection();
    postgres = new Rows.InPostgres(connection);
  }

  @AfterContainer
  static void stop() throws SQLException {
    connection.close();
  }

  @Property(tries = 1_000)
  void noRowIsSkippedOrRepeatedInMemory(@ForAll long seed) {
    new Walk(seed, new Rows.InMemory()).thereAndBack();
  }

  @Property(tries = 100)
  void noRowIsSkippedOrRepeatedInPostgres(@ForAll long seed) {
    postgres.clear();
    new Walk(seed, postgres).thereAndBack();
  }

  @Property(tries = 60)
  void everyPageOfPostgresIsThatOfASortedList(@ForAll long seed) {
    postgres.clear();
    new Walk(seed, postgres).toAndFro();
  }

  /** One table under one order, walked by one client while others change it. */
  private static final class Walk {
    private final Random random;
    private final Rows rows;
    private final Rows.InMemory truth = new Rows.InMemory();
    private final Paging paging;
    private final int values;
    private final Set<Integer> throughout = new HashSet<>();
    private final List<Integer> passing = new ArrayList<>();
    private int nextId;
    private int inserts = 60;

    Walk(long seed, Rows rows) {
      this.random = new Random(seed);
      this.rows = rows;
      this.paging = paging();
      // Few values are many ties.
      this.values = 1 + random.nextInt(4);
      int size = random.nextInt(40);
      for (int i = 0; i < size; i++) {
        Row row = insert();
        if (random.nextInt(4) > 0) {
          throughout.add(row.id());
        } else {
          passing.add(row.id());
        }
      }
    }

    private Paging paging() {
      List<String> columns = new ArrayList<>(List.of("a", "b", "c"));
      Collections.shuffle(columns, random);
      List<String> by = new ArrayList<>(columns.subList(0, random.nextInt(4)));
      by.add("id");
      boolean oneDirection = random.nextBoolean();
      boolean descending = random.nextBoolean();
      by.replaceAll(name -> (oneDirection ? descending : random.nextBoolean()) ? "-" + name : name);
      Paging sorted = Paging.sortedBy(by.toArray(new String[0]));
      for (String name : List.of("a", "b")) {
        sorted = random.nextBoolean() ? sorted.nullsFirst(name) : sorted.nullsLast(name);
      }
      return sorted;
    }

    private Row insert() {
      Row row =
          new Row(
              nextId++,
              random.nextInt(3) == 0 ? null : random.nextInt(values),
              random.nextInt(3) == 0 ? null : "v" + random.nextInt(values),
              Instant.ofEpochSecond(random.nextInt(values), 1_000L * random.nextInt(2)));
      rows.insert(row);
      truth.insert(row);
      return row;
    }

    private void othersChangeIt() {
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        if (random.nextBoolean() && inserts-- > 0) {
          passing.add(insert().id());
        } else if (!passing.isEmpty()) {
          int id = passing.remove(random.nextInt(passing.size()));
          rows.delete(id);
          truth.delete(id);
        }
      }
    }

    private Page<Row> page(String cursor) {
      Map<String, List<String>> query = new LinkedHashMap<>();
      query.put(Paging.LIMIT, List.of(Integer.toString(1 + random.nextInt(7))));
      if (cursor != null) {
        query.put(Paging.CURSOR, List.of(cursor));
      }
      try {
        RequestedPage requested =
            new PageReader(CURSORS, List.of())
                .read(paging, ENDPOINT, List.of(), "/rows", query, Optional.empty());
        List<Row> fetched = rows.fetch(requested.query());
        assertThat(fetched).as("by %s", paging.sort()).isEqualTo(truth.fetch(requested.query()));
        return requested.of(fetched, Rows.KEY);
      } catch (InvalidCursorException e) {
        throw new AssertionError("our own cursor", e);
      }
    }

    void thereAndBack() {
      List<Row> there = new ArrayList<>();
      Page<Row> page = page(null);
      assertThat(page.previous()).isNull();
      there.addAll(page.items());
      while (page.next() != null) {
        othersChangeIt();
        page = page(page.next());
        there.addAll(page.items());
      }
      assertComplete(there);

      List<Row> back = new ArrayList<>(page.items());
      while (page.previous() != null) {
        othersChangeIt();
        page = page(page.previous());
        back.addAll(0, page.items());
      }
      assertComplete(back);
    }

    private void assertComplete(List<Row> seen) {
      Comparator<Row> order =
          Comparator.comparing(
              row -> Rows.KEY.values(row, paging.sort()), Rows.order(paging.sort()));
      assertThat(seen).as("repeated, by %s", paging.sort()).doesNotHaveDuplicates();
      assertThat(seen).as("order, by %s", paging.sort()).isSortedAccordingTo(order);
      assertThat(seen.stream().map(Row::id).filter(throughout::contains))
          .as("skipped, by %s", paging.sort())
          .containsExactlyInAnyOrderElementsOf(throughout);
    }

    /** Each page is compared with that of the sorted list, and lies beside the one it came from. */
    void toAndFro() {
      Page<Row> page = page(null);
      for (int steps = 0; steps < 30; steps++) {
        if (random.nextInt(3) == 0) {
          othersChangeIt();
        }
        boolean forward = random.nextInt(3) > 0;
        String cursor = forward ? page.next() : page.previous();
        page = page(cursor);
      }
      assertThat(page.items()).isSubsetOf(truth.all());
    }
  }
}
