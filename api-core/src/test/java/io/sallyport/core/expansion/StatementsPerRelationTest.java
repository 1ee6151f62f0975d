package io.sallyport.core.expansion;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.expand.Relation.many;
import static io.sallyport.core.expand.Relation.one;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.expand.Expand;
import io.sallyport.core.expand.ExpandFilter;
import io.sallyport.core.expand.Expansion;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.testing.JettyServer;
import io.sallyport.core.testing.PostgresServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invoices with customers, lines and products, on PostgreSQL. */
class StatementsPerRelationTest {
  private static CountedStatements statements;
  private static JettyServer server;

  private record Invoice(int id, Integer customer) {}

  private record Line(int id, int invoice, int product) {}

  @BeforeAll
  static void start() throws Exception {
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    database.execute(
        """
        CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL);
        CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL);
        CREATE TABLE invoice (id int PRIMARY KEY, customer int REFERENCES customer);
        CREATE TABLE line (
          id int PRIMARY KEY,
          invoice int NOT NULL REFERENCES invoice,
          product int NOT NULL REFERENCES product);
        CREATE INDEX ON line (invoice);
        INSERT INTO customer SELECT i, 'customer ' || i FROM generate_series(0, 6) i;
        INSERT INTO product SELECT i, 'product ' || i FROM generate_series(0, 12) i;
        INSERT INTO invoice
          SELECT i, CASE WHEN i % 10 = 9 THEN NULL ELSE i % 7 END FROM generate_series(0, 199) i;
        INSERT INTO line SELECT i, i / 5, i % 13 FROM generate_series(0, 999) i;
        """);
    statements = new CountedStatements(database.dataSource());
    Endpoints endpoints =
        Endpoints.of(
            get("/invoices")
                .with(Expand.of(one("customer"), many("lines", 5, one("product"))))
                .with(handledBy(StatementsPerRelationTest::invoices)));
    server =
        new JettyServer("/")
            .filter(
                ApiFilterChain.of(endpoints)
                    .with(new ExpandFilter(endpoints))
                    .withoutAccessControl()
                    .build())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 50, 200})
  void anyNumberOfParentsCostsOneStatementForEachRelation(int parents) throws Exception {
    String body = list(parents, "customer,lines.product");

    assertThat(statements.taken())
        .hasSize(4)
        .satisfiesExactly(
            invoices -> assertThat(invoices).contains("FROM invoice"),
            customers -> assertThat(customers).contains("FROM customer"),
            lines -> assertThat(lines).contains("FROM line"),
            products -> assertThat(products).contains("FROM product"));
    assertThat(body.lines()).hasSize(parents);
    assertThat(body.lines().findFirst())
        .contains("0 customer 0 [product 0, product 1, product 2, product 3, product 4]");
  }

  @Test
  void aRelationThatIsNotAskedForCostsNoStatement() throws Exception {
    assertThat(list(50, "").lines().skip(1).findFirst()).contains("1 null []");
    assertThat(statements.taken()).hasSize(1);
    list(50, "customer");
    assertThat(statements.taken()).hasSize(2);
    assertThat(list(50, "lines").lines().findFirst())
        .contains("0 null [null, null, null, null, null]");
    assertThat(statements.taken()).hasSize(2);
  }

  @Test
  void noParentsCostNoStatementAndAParentWithoutAKeyIsRelatedToNothing() throws Exception {
    list(0, "customer,lines.product");
    assertThat(statements.taken()).hasSize(1);
    assertThat(list(10, "customer").lines().skip(9).findFirst()).contains("9 null []");
  }

  private static String list(int limit, String expand) throws Exception {
    statements.taken();
    String query = expand.isEmpty() ? "" : "?expand=" + expand;
    return server.get("/invoices" + query, "Limit", Integer.toString(limit)).body();
  }

  private static void invoices(HttpServletRequest request, HttpServletResponse response)
      throws IOException, SQLException {
    Expansion expansion = Expansion.of(request);
    try (Connection connection = statements.connect()) {
      List<Invoice> invoices = invoices(connection, request.getIntHeader("Limit"));
      Map<Integer, String> customers =
          expansion.load(
              "customer", invoices, Invoice::customer, ids -> names(connection, "customer", ids));
      Map<Integer, List<Line>> lines =
          expansion.load("lines", invoices, Invoice::id, ids -> lines(connection, ids));
      List<Line> all = lines.values().stream().flatMap(List::stream).toList();
      Map<Integer, String> products =
          expansion.load(
              "lines.product", all, Line::product, ids -> names(connection, "product", ids));
      for (Invoice invoice : invoices) {
        List<String> names =
            lines.getOrDefault(invoice.id(), List.of()).stream()
                .map(line -> String.valueOf(products.get(line.product())))
                .toList();
        String customer =
            invoice.customer() == null ? "null" : String.valueOf(customers.get(invoice.customer()));
        response.getWriter().println(invoice.id() + " " + customer + " " + names);
      }
    }
  }

  private static List<Invoice> invoices(Connection connection, int limit) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, customer FROM invoice ORDER BY id LIMIT ?")) {
      statement.setInt(1, limit);
      List<Invoice> invoices = new ArrayList<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        invoices.add(new Invoice(rows.getInt(1), rows.getObject(2, Integer.class)));
      }
      return invoices;
    }
  }

  private static Map<Integer, List<Line>> lines(Connection connection, List<Integer> invoices) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, invoice, product FROM line WHERE invoice = ANY(?) ORDER BY id")) {
      statement.setArray(1, connection.createArrayOf("int4", invoices.toArray()));
      Map<Integer, List<Line>> lines = new HashMap<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        Line line = new Line(rows.getInt(1), rows.getInt(2), rows.getInt(3));
        lines.computeIfAbsent(line.invoice(), any -> new ArrayList<>()).add(line);
      }
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<Integer, String> names(
      Connection connection, String table, List<Integer> ids) {
    String sql =
        table.equals("customer")
            ? "SELECT id, name FROM customer WHERE id = ANY(?)"
            : "SELECT id, name FROM product WHERE id = ANY(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("int4", ids.toArray()));
      Map<Integer, String> names = new HashMap<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        names.put(rows.getInt(1), rows.getString(2));
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
