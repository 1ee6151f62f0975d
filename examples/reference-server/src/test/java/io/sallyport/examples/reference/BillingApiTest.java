package io.sallyport.examples.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.examples.reference.api.BillingApi;
import io.sallyport.examples.reference.application.CustomerService;
import io.sallyport.examples.reference.application.IdGenerator;
import io.sallyport.examples.reference.application.InvoiceService;
import io.sallyport.examples.reference.application.ProductService;
import io.sallyport.examples.reference.application.ReportService;
import io.sallyport.examples.reference.config.ServerConfig;
import io.sallyport.examples.reference.config.TokenSource;
import io.sallyport.examples.reference.dev.DevelopmentCertificate;
import io.sallyport.examples.reference.dev.DevelopmentIssuer;
import io.sallyport.examples.reference.domain.TenantId;
import io.sallyport.examples.reference.domain.User;
import io.sallyport.examples.reference.infrastructure.Database;
import io.sallyport.examples.reference.infrastructure.EmbeddedDatabase;
import io.sallyport.examples.reference.server.HttpsServer;
import io.sallyport.examples.reference.server.Trust;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API over TLS, in front of a real PostgreSQL; what the tour does not show. */
class BillingApiTest {
  private static final String ANVIL = "01900000-0000-7000-8000-00000000d001";
  private static final String HAMMOCK_OF_GLOBEX = "01900000-0000-7000-8000-00000000d101";
  private static final String ROADRUNNER = "01900000-0000-7000-8000-00000000c001";
  private static final String CLOSED_CUSTOMER = "01900000-0000-7000-8000-00000000c003";

  private static final Shutdown SHUTDOWN = new Shutdown();
  private static HttpsServer server;
  private static HttpClient client;
  private static String alice;
  private static String bob;
  private static String carol;
  private static String stray;
  private static String nobodys;

  @BeforeAll
  static void start() throws Exception {
    InstantSource clock = InstantSource.system();
    ServerConfig config =
        ServerConfig.read(
            List.of("--profile", "dev"),
            Map.of(
                "SALLYPORT_SERVER_PORT", "0", "SALLYPORT_LIMITS_PER_ADDRESS_PER_MINUTE", "100000"));
    EmbeddedDatabase postgres = EmbeddedDatabase.start();
    SHUTDOWN.add(postgres::close);
    Database database = Database.open(postgres.config(), true);
    SHUTDOWN.add(database::close);
    TokenSource.Development names = (TokenSource.Development) config.tokens();
    DevelopmentIssuer issuer = DevelopmentIssuer.start(names, clock);
    SHUTDOWN.add(issuer::stop);
    alice = issuer.tokenFor(user("acme", "alice", "accountant"));
    bob = issuer.tokenFor(user("acme", "bob", "viewer"));
    carol = issuer.tokenFor(user("globex", "carol", "accountant"));
    stray = issuer.tokenFor(user("acme", "stray", "gardener"));
    nobodys = issuer.tokenFor(user("nobody", "nell", "accountant"));
    DevelopmentCertificate certificate = DevelopmentCertificate.create(new SecureRandom());
    SHUTDOWN.add(certificate::close);
    BillingApi api =
        BillingApi.of(
            useCases(database, clock),
            new TokenSource.External(names.issuer(), names.audience(), issuer.jwks()),
            database.store(),
            config,
            clock);
    server =
        HttpsServer.start(
            config.listener(), certificate.tls(), false, api.filter(), api.securityHeaders());
    SHUTDOWN.add(server::drain);
    client = HttpClient.newBuilder().sslContext(Trust.in(certificate.tls())).build();
  }

  @AfterAll
  static void stop() {
    SHUTDOWN.run();
  }

  @Test
  void whatLocationNamesIsWhatWasCreated() throws Exception {
    HttpResponse<String> created =
        post(alice, "/v1/customers", "{'name':'Located','email':'located@example.org'}");

    HttpResponse<String> read = get(alice, created.headers().firstValue("Location").orElseThrow());

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).isEqualTo(created.body());
  }

  @Test
  void aTokenForATenantThatDoesNotExistMayCreateNothing() throws Exception {
    HttpResponse<String> response =
        post(nobodys, "/v1/customers", "{'name':'Nobody','email':'nobody@example.org'}");

    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void aMailAddressOrSkuThatIsTakenIsAConflict() throws Exception {
    String customer = "{'name':'Twice','email':'twice@example.org'}";
    String product = "{'sku':'TWICE','name':'Twice','price':{'amount':1,'currency':'EUR'}}";
    post(alice, "/v1/customers", customer);
    post(alice, "/v1/products", product);

    assertThat(post(alice, "/v1/customers", customer).statusCode()).isEqualTo(409);
    assertThat(post(alice, "/v1/products", product).statusCode()).isEqualTo(409);
    assertThat(post(carol, "/v1/products", product).statusCode()).isEqualTo(201);
  }

  @Test
  void anInvoiceCannotNameAnotherTenantsProduct() throws Exception {
    HttpResponse<String> response =
        post(alice, "/v1/invoices", invoice(ROADRUNNER, HAMMOCK_OF_GLOBEX));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("\"pointer\":\"/lines/0/productId\"");
  }

  @Test
  void aClosedCustomerGetsNoInvoice() throws Exception {
    assertThat(post(alice, "/v1/invoices", invoice(CLOSED_CUSTOMER, ANVIL)).statusCode())
        .isEqualTo(409);
  }

  @Test
  void aClientCannotSetAPriceOrATenant() throws Exception {
    String body = invoice(ROADRUNNER, ANVIL).replace("'quantity':1", "'quantity':1,'unitPrice':0");

    assertThat(post(alice, "/v1/invoices", body).statusCode()).isIn(400, 422);
    assertThat(
            post(alice, "/v1/customers", "{'name':'A','email':'a@example.org','tenant':'globex'}")
                .statusCode())
        .isIn(400, 422);
  }

  @Test
  void everyRuleThatAnInvoiceBreaksIsNamed() throws Exception {
    HttpResponse<String> response =
        post(
            alice,
            "/v1/invoices",
            "{'dueOn':'2030-01-31','lines':[{'productId':'" + ANVIL + "','quantity':0}]}");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body())
        .contains("\"pointer\":\"/customerId\"")
        .contains("\"pointer\":\"/lines/0/quantity\"");
  }

  @Test
  void eachTenantListsItsOwn() throws Exception {
    assertThat(get(carol, "/v1/customers").body())
        .contains("Cypress Creek Power")
        .doesNotContain("Roadrunner");
    assertThat(get(bob, "/v1/customers").body()).contains("Roadrunner").doesNotContain("Cypress");
  }

  @Test
  void anIdThatNamesNothingIsNotFound() throws Exception {
    assertThat(get(bob, "/v1/products/00000000-0000-0000-0000-000000000000").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aRoleThatNobodyKnowsMayDoNothing() throws Exception {
    for (String path : List.of("/v1/customers", "/v1/products", "/v1/invoices")) {
      assertThat(get(stray, path).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aTokenThatWasChangedIsRefused() throws Exception {
    String forged = alice.substring(0, alice.length() - 8) + "AAAAAAAA";

    HttpResponse<String> response = get(forged, "/v1/invoices");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("invalid_token");
  }

  @Test
  void everyStatusHasTheSameSecurityHeadersOnce() throws Exception {
    List<HttpResponse<String>> responses =
        List.of(
            get(alice, "/v1/invoices"),
            post(alice, "/v1/products", "{"),
            get("none", "/v1/invoices"),
            post(bob, "/v1/customers", "{'name':'A','email':'a@example.org'}"),
            get(alice, "/nowhere"),
            get(alice, "/v1/%2e%2e/invoices"));

    for (HttpResponse<String> response : responses) {
      for (String name :
          List.of("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")) {
        assertThat(response.headers().allValues(name)).as("%s of %s", name, response).hasSize(1);
      }
    }
    assertThat(responses)
        .extracting(HttpResponse::statusCode)
        .containsExactly(200, 400, 401, 403, 404, 400);
  }

  private static BillingApi.UseCases useCases(Database database, InstantSource clock) {
    IdGenerator ids = new IdGenerator(clock, new SecureRandom());
    return new BillingApi.UseCases(
        new CustomerService(database.transactions(), ids, clock),
        new ProductService(database.transactions(), ids, clock),
        new InvoiceService(database.transactions(), ids, clock),
        new ReportService(database.transactions()));
  }

  private static User user(String tenant, String subject, String role) {
    return new User(new TenantId(tenant), subject, subject, Set.of(role));
  }

  private static String invoice(String customer, String product) {
    return "{'customerId':'"
        + customer
        + "','dueOn':'2030-01-31','lines':[{'productId':'"
        + product
        + "','quantity':1}]}";
  }

  private static HttpResponse<String> get(String token, String path) throws Exception {
    return client.send(request(token, path).GET().build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String token, String path, String body)
      throws Exception {
    return client.send(
        request(token, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "\"" + UUID.randomUUID() + "\"")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String token, String path) {
    return HttpRequest.newBuilder(server.address().resolve(path))
        .header("Authorization", "Bearer " + token);
  }
}
