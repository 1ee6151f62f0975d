package io.sallyport.core.paging;

import static io.sallyport.core.body.Parameter.query;
import static io.sallyport.core.endpoint.Endpoint.get;

import io.sallyport.core.body.Parameter;
import io.sallyport.core.body.ParameterValues;
import io.sallyport.core.body.Parameters;
import io.sallyport.core.body.ValidationFilter;
import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Declaration;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.page.Count;
import io.sallyport.core.page.Cursors;
import io.sallyport.core.page.Keyset;
import io.sallyport.core.page.KeysetSql;
import io.sallyport.core.page.Page;
import io.sallyport.core.page.PageRequest;
import io.sallyport.core.page.Paging;
import io.sallyport.core.page.PagingFilter;
import io.sallyport.core.page.RowKey;
import io.sallyport.core.testing.JettyServer;
import io.sallyport.core.testing.PostgresServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A list of invoices in PostgreSQL, behind the guards, as an application would write it. */
final class InvoiceService {
  static final Paging PAGING =
      Paging.sortedBy("-issuedAt", "-id")
          .max(50)
          .defaultSize(10)
          .allowSort("dueOn", "dueOn", "-id")
          .nullsLast("dueOn")
          .allowSort("number")
          .unique("number");

  private static final Parameter<String> STATUS = query("status").text(1, 4_000).optional();
  private static final Parameter<List<String>> SHOW =
      query("show").text(1, 10).repeated(9).optional();

  private static final Keyset KEYSET =
      Keyset.by("issuedAt", "issued_at", Instant.class)
          .and("dueOn", "due_on", LocalDate.class)
          .and("number", "number", Integer.class)
          .and("id", "id", Long.class);

  private static final RowKey<Invoice> KEY =
      RowKey.of("issuedAt", Invoice::issuedAt)
          .and("dueOn", Invoice::dueOn)
          .and("number", Invoice::number)
          .and("id", Invoice::id);

  private static final JsonMapper JSON = new JsonMapper();

  private final Connection connection;
  private final JettyServer server;
  private volatile List<Verdict> trail = List.of();

  record Invoice(long id, int number, Instant issuedAt, LocalDate dueOn) {}

  record InvoiceView(long id, int number) {
    static InvoiceView of(Invoice invoice) {
      return new InvoiceView(invoice.id(), invoice.number());
    }
  }

  InvoiceService(Cursors cursors) throws Exception {
    connection = PostgresServer.shared().newDatabase().dataSource().getConnection();
    execute(
        "CREATE TABLE invoices (id bigint PRIMARY KEY, number int NOT NULL UNIQUE, issued_at"
            + " timestamptz NOT NULL, due_on date, status text NOT NULL)");
    execute(
        "INSERT INTO invoices SELECT n, 1000 - n, timestamptz '2026-01-01 00:00:00Z' + interval '1"
            + " day' * (n / 7), CASE WHEN n % 3 > 0 THEN date '2026-02-01' + n / 10 END, CASE WHEN"
            + " n % 5 > 0 THEN 'OPEN' ELSE 'PAID' END FROM generate_series(1, 100) n");
    Endpoints endpoints = Endpoints.of(declarations());
    server =
        new JettyServer("/")
            .filter(
                ApiFilterChain.of(endpoints)
                    .with(new HeaderLogin())
                    .with(new ValidationFilter(endpoints))
                    .with(new PagingFilter(endpoints, cursors, "tenant"))
                    .withoutAccessControl()
                    .build())
            .start();
  }

  private Declaration[] declarations() {
    return new Declaration[] {
      get("/invoices")
          .id("listInvoices")
          .with(PAGING.cursorNotBoundTo("show"))
          .with(Parameters.of(STATUS, SHOW))
          .with(Handler.handledBy(this::list)),
      get("/archive/{year}/invoices")
          .id("listArchive")
          .with(PAGING)
          .with(Parameters.of(STATUS, SHOW))
          .with(Handler.handledBy(this::list)),
      get("/lax")
          .id("listLax")
          .with(PAGING)
          .with(Parameters.of().allowUnknownQueryParameters())
          .with(Handler.handledBy(this::all)),
      get("/unread").id("unread").with(PAGING).with(Handler.handledBy(this::all)),
      get("/forgotten").id("forgotten").with(Handler.handledBy(this::all))
    };
  }

  private void list(HttpServletRequest request, HttpServletResponse response)
      throws IOException, SQLException {
    ParameterValues values = Parameters.of(request);
    answer(request, response, values.find(STATUS));
  }

  private void all(HttpServletRequest request, HttpServletResponse response)
      throws IOException, SQLException {
    answer(request, response, Optional.empty());
  }

  private void answer(
      HttpServletRequest request, HttpServletResponse response, Optional<String> status)
      throws IOException, SQLException {
    PageRequest paging = PageRequest.of(request);
    List<Invoice> rows = KEYSET.fetch(paging.query(), slice -> select(status, slice));
    Page<InvoiceView> page = paging.page(rows, KEY).map(InvoiceView::of).withCount(count(status));
    page.linkTo(response::addHeader);
    response.setContentType("application/json");
    response.getOutputStream().write(JSON.writeValueAsBytes(page));
  }

  private synchronized List<Invoice> select(Optional<String> status, KeysetSql slice) {
    String sql =
        "SELECT id, number, issued_at, due_on FROM invoices WHERE (status = ? OR ?) AND "
            + slice.sql();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, status.orElse(""));
      statement.setBoolean(2, status.isEmpty());
      slice.bind(statement, 3);
      List<Invoice> rows = new ArrayList<>();
      ResultSet result = statement.executeQuery();
      while (result.next()) {
        rows.add(
            new Invoice(
                result.getLong(1),
                result.getInt(2),
                result.getObject(3, OffsetDateTime.class).toInstant(),
                result.getObject(4, LocalDate.class)));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized Count count(Optional<String> status) throws SQLException {
    String sql = Count.sql("FROM invoices WHERE (status = ? OR ?)", 90);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, status.orElse(""));
      statement.setBoolean(2, status.isEmpty());
      ResultSet result = statement.executeQuery();
      result.next();
      return Count.upTo(90, result.getLong(1));
    }
  }

  synchronized void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  /** The numbers of {@code SELECT id ...}. */
  synchronized List<Long> ids(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      List<Long> ids = new ArrayList<>();
      ResultSet result = statement.executeQuery();
      while (result.next()) {
        ids.add(result.getLong(1));
      }
      return ids;
    }
  }

  Reply list(String target, String... headers) throws IOException, InterruptedException {
    return new Reply(server.get(target, headers));
  }

  int port() {
    return server.port();
  }

  /** What the guards said about the last request. */
  List<Verdict> trail() {
    return trail;
  }

  void close() throws Exception {
    server.stop();
    connection.close();
  }

  /** Takes the caller from header fields, and keeps the trail. */
  private final class HeaderLogin extends Guard {
    @Override
    public Stage stage() {
      return Stage.AUTHENTICATE;
    }

    @Override
    public String name() {
      return "header-login";
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      trail = exchange.trail();
      String user = request.getHeader("User");
      if (user != null) {
        Map<String, Object> tenant =
            request.getHeader("Tenant") == null
                ? Map.of()
                : Map.of("tenant", request.getHeader("Tenant"));
        exchange.authenticated(new Caller(user, "test", Set.of(), tenant), request);
      }
      return Decision.pass();
    }
  }

  /** An answer, taken apart. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    List<Long> ids() {
      List<Long> ids = new ArrayList<>();
      json().path("items").forEach(item -> ids.add(item.path("id").asLong()));
      return ids;
    }

    String next() {
      return json().path("next").asString(null);
    }

    String previous() {
      return json().path("previous").asString(null);
    }

    String code() {
      return json().path("code").asString();
    }

    List<String> violations() {
      List<String> violations = new ArrayList<>();
      json()
          .path("violations")
          .forEach(
              v ->
                  violations.add(v.path("parameter").asString() + " " + v.path("code").asString()));
      return violations;
    }

    String link() {
      return response.headers().firstValue("Link").orElse("");
    }

    /** The target of {@code relation}. */
    String link(String relation) {
      for (String link : link().split(", <", -1)) {
        if (link.endsWith("; rel=\"" + relation + "\"")) {
          return link.substring(link.startsWith("<") ? 1 : 0, link.indexOf('>'));
        }
      }
      return null;
    }
  }
}
