package io.sallyport.examples.reference.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.page.PageQuery;
import io.sallyport.core.page.Sort;
import io.sallyport.examples.reference.application.CustomerService;
import io.sallyport.examples.reference.application.IdGenerator;
import io.sallyport.examples.reference.application.InvoiceService;
import io.sallyport.examples.reference.application.InvoiceService.NewInvoice;
import io.sallyport.examples.reference.application.Outcome;
import io.sallyport.examples.reference.application.ProductService;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.Invoice;
import io.sallyport.examples.reference.domain.InvoiceId;
import io.sallyport.examples.reference.domain.Money;
import io.sallyport.examples.reference.domain.Product;
import io.sallyport.examples.reference.domain.ProductId;
import io.sallyport.examples.reference.domain.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database itself holds to, on a real PostgreSQL and as the service's own role. */
class DatabaseTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId GLOBEX = new TenantId("globex");
  private static final UUID GLOBEX_INVOICE =
      UUID.fromString("01900000-0000-7000-8000-00000000e101");
  private static final CustomerId ROADRUNNER =
      new CustomerId(UUID.fromString("01900000-0000-7000-8000-00000000c001"));
  private static final CustomerId CLOSED_CUSTOMER =
      new CustomerId(UUID.fromString("01900000-0000-7000-8000-00000000c003"));
  private static final ProductId ANVIL =
      new ProductId(UUID.fromString("01900000-0000-7000-8000-00000000d001"));
  private static final ProductId ROPE =
      new ProductId(UUID.fromString("01900000-0000-7000-8000-00000000d002"));
  private static final ProductId MAGNET_IN_DOLLARS =
      new ProductId(UUID.fromString("01900000-0000-7000-8000-00000000d003"));
  private static final ProductId GLOBEX_PRODUCT =
      new ProductId(UUID.fromString("01900000-0000-7000-8000-00000000d101"));
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00.123456Z"));

  private static final Sort LATEST = Sort.by("-issuedAt", "-id");

  private static EmbeddedDatabase postgres;
  private static Database database;
  private static CustomerService customers;
  private static ProductService products;
  private static InvoiceService invoices;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedDatabase.start();
    database = Database.open(postgres.config(), true);
    IdGenerator ids = new IdGenerator(CLOCK, new SplittableRandom(42));
    customers = new CustomerService(database.transactions(), ids, CLOCK);
    products = new ProductService(database.transactions(), ids, CLOCK);
    invoices = new InvoiceService(database.transactions(), ids, CLOCK);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    postgres.close();
  }

  @Test
  void aQueryWithoutATenantPredicateSeesOneTenantOnly() throws SQLException {
    for (String table : List.of("users", "customers", "products", "invoices", "invoice_lines")) {
      assertThat(tenantsSeen(ACME, table, "tenant_id")).as(table).containsExactly("acme");
      assertThat(tenantsSeen(GLOBEX, table, "tenant_id")).as(table).containsExactly("globex");
    }
    assertThat(tenantsSeen(ACME, "tenants", "id")).containsExactly("acme");
  }

  @Test
  void aTransactionThatNamedNoTenantSeesNothing() throws SQLException {
    try (Connection connection = transaction();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM customers")) {
      count.next();

      assertThat(count.getLong(1)).isZero();
      connection.rollback();
    }
  }

  @Test
  void theTenantEndsWithItsTransaction() throws SQLException {
    try (Connection connection = transaction();
        Statement statement = connection.createStatement()) {
      enter(connection, ACME);
      connection.commit();

      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM customers")) {
        count.next();
        assertThat(count.getLong(1)).isZero();
      }
      connection.rollback();
    }
  }

  @Test
  void aRowCannotBeWrittenForAnotherTenant() {
    assertThatThrownBy(
            () ->
                execute(
                    ACME,
                    "INSERT INTO customers VALUES ('globex', gen_random_uuid(), 'Eve',"
                        + " 'eve@example.org', 'ACTIVE', now())"))
        .hasMessageContaining("row-level security");
  }

  @Test
  void anInvoiceCannotNameAnotherTenantsCustomer() {
    assertThatThrownBy(
            () ->
                execute(
                    ACME,
                    "INSERT INTO invoices VALUES ('acme', gen_random_uuid(), 999,"
                        + " '01900000-0000-7000-8000-00000000c101', 'EUR', '2026-05-01', 'ISSUED',"
                        + " now())"))
        .hasMessageContaining("foreign key");
  }

  @Test
  void theServiceCanNeitherDeleteNorChangeWhatIsIssuedNorTheSchema() {
    for (String statement :
        List.of(
            "DELETE FROM invoices",
            "UPDATE invoices SET number = 77",
            "UPDATE customers SET created_at = now()",
            "UPDATE users SET roles = ARRAY ['accountant']",
            "ALTER TABLE invoices DISABLE ROW LEVEL SECURITY",
            "DROP POLICY tenant_only ON invoices",
            "CREATE TABLE mine (id int)")) {
      assertThatThrownBy(() -> execute(ACME, statement))
          .as(statement)
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @Test
  void theDatabaseRefusesWhatTheDomainWouldRefuse() {
    for (String values :
        List.of(
            "('acme', gen_random_uuid(), ' ', 'a@example.org', 'ACTIVE', now())",
            "('acme', gen_random_uuid(), 'A', '', 'ACTIVE', now())",
            "('acme', gen_random_uuid(), 'A', 'a@example.org', 'GONE', now())")) {
      assertThatThrownBy(() -> execute(ACME, "INSERT INTO customers VALUES " + values))
          .as(values)
          .hasMessageContaining("check constraint");
    }
  }

  @Test
  void whatIsCreatedIsReadBackEqual() {
    Customer customer = done(customers.create(ACME, newCustomer("Read Back", "back@example.org")));
    Product product =
        done(
            products.create(
                ACME, new ProductService.NewProduct("BACK-1", "Read back", Money.of(1999, "EUR"))));
    Invoice invoice =
        done(
            issue(
                ACME,
                new NewInvoice(
                    customer.id(),
                    LocalDate.parse("2026-04-01"),
                    List.of(
                        new NewInvoice.Line(product.id(), 3),
                        new NewInvoice.Line(ANVIL, 1),
                        new NewInvoice.Line(product.id(), 2)))));

    assertThat(customers.find(ACME, customer.id())).isEqualTo(new Outcome.Done<>(customer));
    assertThat(products.find(ACME, product.id())).isEqualTo(new Outcome.Done<>(product));
    assertThat(invoices.find(ACME, invoice.id())).isEqualTo(new Outcome.Done<>(invoice));
    assertThat(invoice.total()).isEqualTo(Money.of(3 * 1999 + 14_900 + 2 * 1999, "EUR"));
  }

  @Test
  void anotherTenantsThingsAreNotFound() {
    assertThat(invoices.find(ACME, new InvoiceId(GLOBEX_INVOICE)))
        .isEqualTo(new Outcome.NotFound<>());
    assertThat(customers.find(GLOBEX, ROADRUNNER)).isEqualTo(new Outcome.NotFound<>());
    assertThat(products.find(GLOBEX, ANVIL)).isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void aMailAddressIsTakenWhateverItsCase() {
    done(customers.create(ACME, newCustomer("First", "taken@example.org")));

    assertThat(customers.create(ACME, newCustomer("Second", "TAKEN@example.org")))
        .isEqualTo(new Outcome.Conflict<>(Outcome.Reason.EMAIL_TAKEN));
    assertThat(customers.create(GLOBEX, newCustomer("Other tenant", "taken@example.org")))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aSkuIsTakenWithinItsTenantOnly() {
    ProductService.NewProduct hammock =
        new ProductService.NewProduct("HAMMOCK", "Hammock", Money.of(1, "EUR"));

    assertThat(products.create(GLOBEX, hammock))
        .isEqualTo(new Outcome.Conflict<>(Outcome.Reason.SKU_TAKEN));
    assertThat(products.create(ACME, hammock)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anInvoiceIsRefusedForWhatItCannotName() {
    LocalDate due = LocalDate.parse("2026-04-01");

    assertThat(issue(GLOBEX, new NewInvoice(ROADRUNNER, due, lines(GLOBEX_PRODUCT))))
        .isEqualTo(new Outcome.UnknownReference<>("/customerId"));
    assertThat(issue(ACME, new NewInvoice(ROADRUNNER, due, lines(ANVIL, GLOBEX_PRODUCT))))
        .isEqualTo(new Outcome.UnknownReference<>("/lines/1/productId"));
    assertThat(issue(ACME, new NewInvoice(CLOSED_CUSTOMER, due, lines(ANVIL))))
        .isEqualTo(new Outcome.Conflict<>(Outcome.Reason.CUSTOMER_CLOSED));
    assertThat(issue(ACME, new NewInvoice(ROADRUNNER, due, lines(ANVIL, MAGNET_IN_DOLLARS))))
        .isEqualTo(new Outcome.Conflict<>(Outcome.Reason.CURRENCIES_DIFFER));
  }

  @Test
  void invoiceNumbersHaveNoGapsThoughSomeInvoicesAreRefused() {
    LocalDate due = LocalDate.parse("2026-04-01");
    long first = done(issue(ACME, new NewInvoice(ROADRUNNER, due, lines(ANVIL)))).number();
    issue(ACME, new NewInvoice(ROADRUNNER, due, lines(GLOBEX_PRODUCT)));

    Invoice second = done(issue(ACME, new NewInvoice(ROADRUNNER, due, lines(ROPE))));

    assertThat(second.number()).isEqualTo(first + 1);
  }

  @Test
  void everyListIsOneStatementByTheIndexOfItsSort() throws SQLException {
    assertThat(indexes("invoices"))
        .anyMatch(index -> index.contains("(tenant_id, issued_at DESC, id DESC)"))
        .anyMatch(index -> index.contains("(tenant_id, due_on, id)"));
    assertThat(indexes("customers")).anyMatch(index -> index.contains("(tenant_id, name, id)"));
    assertThat(PagedTable.INVOICES.keyset().index("invoices", LATEST, "tenant_id"))
        .endsWith("(tenant_id, issued_at DESC, id DESC)");
  }

  @Test
  void aPageHasOneRowMoreAndTheLatestInvoicesComeFirst() {
    LocalDate due = LocalDate.parse("2026-04-01");
    for (int i = 0; i < 4; i++) {
      done(issue(ACME, new NewInvoice(ROADRUNNER, due, lines(ANVIL, ROPE))));
    }

    List<Invoice> page = invoices.list(ACME, PageQuery.first(LATEST, 3));

    assertThat(page).hasSize(4).extracting(Invoice::lines).allMatch(lines -> lines.size() == 2);
    assertThat(page)
        .isSortedAccordingTo(
            Comparator.comparing(Invoice::issuedAt)
                .thenComparing(invoice -> invoice.id().toString())
                .reversed());
  }

  @Test
  void aReadCannotWrite() {
    assertThatThrownBy(
            () -> database.transactions().read(ACME, stored -> stored.invoices().nextNumber()))
        .hasMessageContaining("read-only transaction");
  }

  @Test
  void workThatThrowsLeavesNothingBehind() {
    Customer ghost =
        Customer.added(
            new CustomerId(new UUID(7, 7)), ACME, "Ghost", "ghost@example.org", CLOCK.instant());

    assertThatThrownBy(
            () ->
                database
                    .transactions()
                    .write(
                        ACME,
                        stored -> {
                          stored.customers().add(ghost);
                          throw new IllegalStateException("on purpose");
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(customers.find(ACME, ghost.id())).isEqualTo(new Outcome.NotFound<>());
  }

  @Test
  void textFromAClientIsOnlyEverText() {
    String hostile = "'; DROP TABLE customers; --";

    Customer customer = done(customers.create(ACME, newCustomer(hostile, "bobby@example.org")));

    assertThat(customers.find(ACME, customer.id())).isEqualTo(new Outcome.Done<>(customer));
  }

  @Test
  void openingAgainChangesNothing() throws Exception {
    int before = customers.list(GLOBEX, PageQuery.first(Sort.by("id"), 100)).size();

    Database.open(postgres.config(), true).close();

    assertThat(customers.list(GLOBEX, PageQuery.first(Sort.by("id"), 100))).hasSize(before);
  }

  private static CustomerService.NewCustomer newCustomer(String name, String email) {
    return new CustomerService.NewCustomer(name, email);
  }

  private static List<NewInvoice.Line> lines(ProductId... products) {
    return List.of(products).stream().map(product -> new NewInvoice.Line(product, 2)).toList();
  }

  private static Outcome<Invoice> issue(TenantId tenant, NewInvoice command) {
    return invoices.create(tenant, command, (invoice, transaction) -> {});
  }

  private static <T> T done(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<T>) outcome).value();
  }

  private static List<String> tenantsSeen(TenantId as, String table, String column)
      throws SQLException {
    try (Connection connection = transaction();
        Statement statement = connection.createStatement()) {
      enter(connection, as);
      List<String> seen = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT DISTINCT " + column + " FROM " + table)) {
        while (rows.next()) {
          seen.add(rows.getString(1));
        }
      }
      connection.rollback();
      return seen;
    }
  }

  private static List<String> indexes(String table) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT indexdef FROM pg_indexes WHERE tablename = ?")) {
      query.setString(1, table);
      List<String> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private static void execute(TenantId as, String sql) throws SQLException {
    try (Connection connection = transaction();
        Statement statement = connection.createStatement()) {
      enter(connection, as);
      try {
        statement.execute(sql);
      } finally {
        connection.rollback();
      }
    }
  }

  private static Connection transaction() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void enter(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement enter =
        connection.prepareStatement("SELECT set_config('app.tenant', ?, true)")) {
      enter.setString(1, tenant.value());
      enter.execute();
    }
  }
}
