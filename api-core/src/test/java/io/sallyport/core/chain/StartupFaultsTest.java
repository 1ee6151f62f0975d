package io.sallyport.core.chain;

import static io.sallyport.core.endpoint.Endpoint.endpoint;
import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.endpoint.Endpoint.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.RouteFilter;
import io.sallyport.core.testing.JettyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StartupFaultsTest {
  /** A promise that no guard of these chains keeps. */
  record Audited() implements Facet {}

  /** A facet that a group asks for. */
  record Owner(String team) implements Facet {
    @Override
    public boolean mustBeEnforced() {
      return false;
    }
  }

  private static Endpoints faulty() {
    return Endpoints.of(
        get("v1/invoices").id("listInvoices"),
        post("/v1/invoices//drafts").id("createDraft"),
        get("/v1/customers/{id}").id("readCustomer"),
        get("/v1/customers/{customer}").id("showCustomer"),
        get("/v1/products").id("listInvoices").with(new Audited()),
        endpoint("TRACE", "/v1/debug"),
        under("/v1/admin", get("/users").id("listUsers")).requiring(Owner.class));
  }

  @Test
  void everyFaultIsReportedAtOnceWithItsRemedy() {
    StartupException thrown =
        catchThrowableOfType(StartupException.class, () -> ApiFilterChain.of(faulty()).build());

    assertThat(thrown.faults())
        .extracting(Fault::where, Fault::field)
        .containsExactlyInAnyOrder(
            tuple("GET v1/invoices", "path"),
            tuple("POST /v1/invoices//drafts", "path"),
            tuple("GET /v1/customers/{customer}", "path"),
            tuple("GET /v1/products", "id"),
            tuple("TRACE /v1/debug", "method"),
            tuple("GET /v1/admin/users", "Owner"),
            tuple("GET /v1/products", "Audited"),
            tuple("chain", "guard of stage AUTHORIZE"));
    assertThat(thrown.faults()).allSatisfy(fault -> assertThat(fault.remedy()).isNotBlank());
  }

  @Test
  void thePageOnStartUpErrorsShowsTheTextThatIsPrinted() throws Exception {
    StartupException thrown =
        catchThrowableOfType(StartupException.class, () -> ApiFilterChain.of(faulty()).build());

    assertThat(Files.readString(Path.of("..", "docs", "startup-errors.md")))
        .contains("```text\n" + thrown.getMessage() + "\n```");
  }

  @Test
  void aFilterMappedAloneDoesNotStartOverAFaultyTable() {
    JettyServer server = new JettyServer("/").filter(new RouteFilter(faulty()));

    assertThatThrownBy(server::start)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("6 faults");
  }

  @Test
  void aTableWithFaultsServesNothing() {
    assertThatThrownBy(() -> faulty().route("GET", "/v1/products"))
        .isInstanceOf(IllegalStateException.class);
  }
}
