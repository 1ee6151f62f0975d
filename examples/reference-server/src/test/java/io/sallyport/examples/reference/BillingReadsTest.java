package io.sallyport.examples.reference;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a read shows besides, what it costs, and when it is answered without being run. */
class BillingReadsTest {
  private static final String ROADRUNNER = "01900000-0000-7000-8000-00000000c001";
  private static final String INVOICE = "/v1/invoices/01900000-0000-7000-8000-00000000e001";
  private static final String STATEMENTS =
      "io.sallyport.examples.reference.infrastructure.StatementLog";

  private static BillingServer server;

  /** Reports are limited by caller. */
  private final String subject = "reader-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = BillingServer.shared();
    for (int i = 1; i < 4; i++) {
      issue();
    }
  }

  @Test
  void whatIsAskedForIsShownAndNothingElse() throws Exception {
    JsonNode plain = json(read(INVOICE));
    JsonNode expanded = json(read(INVOICE + "?expand=customer,lines.product"));

    assertThat(plain.has("customer")).isFalse();
    assertThat(plain.path("lines").path(0).has("product")).isFalse();
    assertThat(expanded.path("customer").path("name").asString()).isEqualTo("Roadrunner Logistics");
    assertThat(expanded.path("lines").path(0).path("product").path("sku").asString())
        .isEqualTo("ANVIL-50");
    assertThat(expanded.path("lines").path(1).path("product").path("sku").asString())
        .isEqualTo("ROPE-20");
  }

  @Test
  void eachRelationCostsOneStatementHoweverManyInvoicesThereAre() throws Exception {
    long plain = statements("/v1/invoices?limit=100");

    assertThat(json(read("/v1/invoices?limit=100")).path("items").size()).isGreaterThan(3);
    assertThat(statementsOn("customers", "/v1/invoices?limit=100&expand=customer")).isEqualTo(1);
    assertThat(statementsOn("products", "/v1/invoices?limit=100&expand=lines.product"))
        .isEqualTo(1);
    // Each in a transaction of its own, whose first statement names the tenant.
    assertThat(statements("/v1/invoices?limit=100&expand=customer,lines.product"))
        .isEqualTo(plain + 4);
  }

  @Test
  void aRelationThatIsNotDeclaredIsRefused() throws Exception {
    HttpResponse<String> response = read("/v1/invoices?expand=tenant");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"unknown-relation\"").doesNotContain("tenant");
  }

  @Test
  void whatIsExpandedMayChangeFromPageToPage() throws Exception {
    String next = json(read("/v1/invoices?limit=1")).path("next").asString();

    HttpResponse<String> second = read("/v1/invoices?limit=1&expand=customer&cursor=" + next);

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(second).path("items").path(0).path("customer").has("name")).isTrue();
  }

  @Test
  void aReportIsKeptUntilAnInvoiceOfTheTenantIsIssued() throws Exception {
    String reports = "/v1/reports/receivables";
    HttpResponse<String> first = read(reports);
    long repeated = statementsOn("invoices", reports);
    long before = amount(first);

    issue();

    assertThat(repeated).isZero();
    assertThat(amount(read(reports))).isEqualTo(before + 14_900);
  }

  @Test
  void aReportOfOneCallerOrTenantIsNoneOfAnothers() throws Exception {
    String reports = "/v1/reports/receivables";
    HttpResponse<String> acme = read(reports);

    HttpResponse<String> globex =
        server.get(
            reports, "Authorization", "Bearer " + server.token("globex", subject, "accountant"));

    assertThat(json(acme).path("receivables").path(0).path("currency").asString()).isEqualTo("EUR");
    assertThat(globex.body()).isNotEqualTo(acme.body()).doesNotContain("EUR");
  }

  private static void issue() throws Exception {
    HttpResponse<String> issued =
        server.post(
            server.accountant(),
            "/v1/invoices",
            "{'customerId':'"
                + ROADRUNNER
                + "','dueOn':'2030-01-31','lines':[{'productId':"
                + "'01900000-0000-7000-8000-00000000d001','quantity':1}]}",
            "Idempotency-Key",
            "\"" + UUID.randomUUID() + "\"");
    assertThat(issued.statusCode()).isEqualTo(201);
  }

  private static long amount(HttpResponse<String> report) {
    return json(report).path("receivables").path(0).path("amount").asLong();
  }

  private long statements(String target) throws Exception {
    return logged(target).size();
  }

  private long statementsOn(String table, String target) throws Exception {
    return logged(target).stream().filter(sql -> sql.contains("FROM " + table + " ")).count();
  }

  private List<String> logged(String target) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(STATEMENTS);
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(seen);
    try {
      assertThat(read(target).statusCode()).isEqualTo(200);
      return seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    } finally {
      logger.detachAppender(seen);
      logger.setLevel(null);
      logger.setAdditive(true);
    }
  }

  private HttpResponse<String> read(String target) throws Exception {
    return server.get(
        target, "Authorization", "Bearer " + server.token("acme", subject, "accountant"));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return new JsonMapper().readTree(response.body());
  }
}
