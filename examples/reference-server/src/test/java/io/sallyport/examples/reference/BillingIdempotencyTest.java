package io.sallyport.examples.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Idempotency keys over TLS, their records in the transactions of a real PostgreSQL. */
class BillingIdempotencyTest {
  private static final String ANVIL = "01900000-0000-7000-8000-00000000d001";
  private static final String HAMMOCK_OF_GLOBEX = "01900000-0000-7000-8000-00000000d101";
  private static final String CYPRESS = "01900000-0000-7000-8000-00000000c101";

  private static BillingServer server;
  private static String alice;

  private final String key = "\"" + UUID.randomUUID() + "\"";
  private String customer;

  @BeforeAll
  static void start() throws Exception {
    server = BillingServer.shared();
    alice = server.accountant();
  }

  /** Each test has a customer of its own, so that it can count the customer's invoices. */
  @BeforeEach
  void addCustomer() throws Exception {
    HttpResponse<String> added =
        server.post(
            alice,
            "/v1/customers",
            "{'name':'Once','email':'once-" + UUID.randomUUID() + "@example.org'}");
    customer = new JsonMapper().readTree(added.body()).path("id").asString();
  }

  @Test
  void theSameKeyTwiceIssuesOneInvoiceAndAnswersTheSameBytes() throws Exception {
    HttpResponse<String> first = issue(1);

    HttpResponse<String> second = issue(1);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"))
        .isPresent();
    assertThat(invoicesOfTheCustomer()).isEqualTo(1);
  }

  @Test
  void sixtyFourDuplicatesAtOnceIssueOneInvoice() throws Exception {
    List<Callable<HttpResponse<String>>> duplicates = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      duplicates.add(() -> issue(1));
    }
    ExecutorService callers = Executors.newFixedThreadPool(64);
    List<HttpResponse<String>> answers = new ArrayList<>();
    try {
      for (Future<HttpResponse<String>> answer : callers.invokeAll(duplicates)) {
        answers.add(answer.get());
      }
    } finally {
      callers.shutdown();
    }

    // A busy machine may be out of connections for one of them, which is 503, and asks to repeat.
    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(201, 409, 503);
    HttpResponse<String> last = issue(1);
    assertThat(last.statusCode()).isEqualTo(201);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 201)
        .isNotEmpty()
        .allMatch(answer -> answer.body().equals(last.body()));
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 409)
        .allMatch(answer -> answer.body().contains("\"code\":\"idempotency-in-progress\""));
    assertThat(invoicesOfTheCustomer()).isEqualTo(1);
  }

  @Test
  void aKeyThatCameWithAnotherInvoiceIsRefused() throws Exception {
    issue(1);

    HttpResponse<String> other = issue(2);

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("\"code\":\"idempotency-key-reused\"");
    assertThat(invoicesOfTheCustomer()).isEqualTo(1);
  }

  @Test
  void anInvoiceNeedsAKeyAndACustomerDoesNot() throws Exception {
    HttpResponse<String> without = server.post(alice, "/v1/invoices", invoice(ANVIL, 1));
    HttpResponse<String> bare =
        server.post(alice, "/v1/invoices", invoice(ANVIL, 1), "Idempotency-Key", "bare");

    assertThat(without.statusCode()).isEqualTo(400);
    assertThat(without.body()).contains("\"code\":\"idempotency-key-missing\"");
    assertThat(bare.statusCode()).isEqualTo(400);
    assertThat(bare.body()).contains("\"code\":\"idempotency-key-invalid\"");
    assertThat(invoicesOfTheCustomer()).isZero();
  }

  @Test
  void anInvoiceThatIsRefusedUsesUpNoKey() throws Exception {
    HttpResponse<String> refused =
        server.post(alice, "/v1/invoices", invoice(HAMMOCK_OF_GLOBEX, 1), "Idempotency-Key", key);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(issue(1).statusCode()).isEqualTo(201);
  }

  @Test
  void aKeyOfOneTenantIsNoneInAnotherThoughTheSubjectIsTheSame() throws Exception {
    issue(1);

    HttpResponse<String> elsewhere =
        server.post(
            server.token("globex", "alice", "accountant"),
            "/v1/invoices",
            invoice(HAMMOCK_OF_GLOBEX, 1).replace(customer, CYPRESS),
            "Idempotency-Key",
            key);

    assertThat(elsewhere.statusCode()).isEqualTo(201);
    assertThat(elsewhere.headers().firstValue("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void aCustomerWithAKeyIsAddedOnceAndOtherwiseItsMailAddressIsTaken() throws Exception {
    String body = "{'name':'Keyed','email':'keyed-" + UUID.randomUUID() + "@example.org'}";

    HttpResponse<String> first = server.post(alice, "/v1/customers", body, "Idempotency-Key", key);
    HttpResponse<String> again = server.post(alice, "/v1/customers", body, "Idempotency-Key", key);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(server.post(alice, "/v1/customers", body).statusCode()).isEqualTo(409);
  }

  private HttpResponse<String> issue(int quantity) throws Exception {
    return server.post(alice, "/v1/invoices", invoice(ANVIL, quantity), "Idempotency-Key", key);
  }

  private String invoice(String product, int quantity) {
    return "{'customerId':'"
        + customer
        + "','dueOn':'2030-01-31','lines':[{'productId':'"
        + product
        + "','quantity':"
        + quantity
        + "}]}";
  }

  private int invoicesOfTheCustomer() throws Exception {
    HttpResponse<String> latest =
        server.get("/v1/invoices?limit=100", "Authorization", "Bearer " + alice);
    int count = 0;
    for (JsonNode invoice : new JsonMapper().readTree(latest.body()).path("items")) {
      if (invoice.path("customerId").asString().equals(customer)) {
        count++;
      }
    }
    return count;
  }
}
