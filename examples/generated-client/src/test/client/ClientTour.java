import client.ApiClient;
import client.ApiException;
import client.api.CustomersApi;
import client.api.InvoicesApi;
import client.api.ReportsApi;
import client.model.CreateCustomer;
import client.model.CreateInvoice;
import client.model.CreateInvoiceLine;
import client.model.CustomerPatchMergePatch;
import client.model.CustomerView;
import client.model.InvoiceView;
import client.model.PageViewOfInvoiceView;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/**
 * The README's tour, taken with the generated client. Compiled together with it, apart from
 * everything else; only types of the JDK come in and go out.
 */
public final class ClientTour {
  private ClientTour() {}

  public static String take(URI base, SSLContext trust, String alice, String bob, String carol)
      throws Exception {
    ApiClient nobody = client(base, trust, null);
    ApiClient asAlice = client(base, trust, alice);
    ApiClient asBob = client(base, trust, bob);
    ApiClient asCarol = client(base, trust, carol);
    StringBuilder seen = new StringBuilder();
    UUID invoice = UUID.fromString("01900000-0000-7000-8000-00000000e001");

    status(seen, () -> new InvoicesApi(nobody).listInvoices(null, null, null, null));
    PageViewOfInvoiceView page = new InvoicesApi(asBob).listInvoices(1, null, null, null);
    PageViewOfInvoiceView second =
        new InvoicesApi(asBob).listInvoices(1, page.getNext(), null, null);
    seen.append(page.getItems().get(0).getNumber()).append(' ');
    seen.append(second.getItems().get(0).getId()).append('\n');
    seen.append(new InvoicesApi(asBob).readInvoice(invoice, "customer").getCustomer().getName());
    seen.append('\n');
    CreateCustomer tortoise =
        new CreateCustomer().name("Tortoise Racing").email("office@tortoise.example");
    status(seen, () -> new CustomersApi(asBob).createCustomer(tortoise, null));
    CustomerView customer = new CustomersApi(asAlice).createCustomer(tortoise, null);
    seen.append(customer.getName()).append(' ').append(customer.getStatus()).append('\n');
    CreateInvoice three =
        new CreateInvoice()
            .customerId(UUID.fromString("01900000-0000-7000-8000-00000000c001"))
            .dueOn(LocalDate.of(2030, 1, 31))
            .lines(
                List.of(
                    new CreateInvoiceLine()
                        .productId(UUID.fromString("01900000-0000-7000-8000-00000000d002"))
                        .quantity(3)));
    InvoiceView issued = new InvoicesApi(asAlice).createInvoice("\"tour-1\"", three);
    InvoiceView again = new InvoicesApi(asAlice).createInvoice("\"tour-1\"", three);
    seen.append(issued.getTotal().getAmount())
        .append(' ')
        .append(again.equals(issued))
        .append('\n');
    UUID coyote = UUID.fromString("01900000-0000-7000-8000-00000000c002");
    CustomerPatchMergePatch rockets = new CustomerPatchMergePatch().name("Coyote Rockets");
    CustomersApi customers = new CustomersApi(asAlice);
    seen.append(customers.changeCustomer(coyote, "\"v1\"", rockets).getName()).append('\n');
    status(seen, () -> customers.changeCustomer(coyote, "\"v1\"", rockets));
    status(
        seen,
        () ->
            new CustomersApi(asAlice)
                .createCustomer(new CreateCustomer().name(" ").email("x"), null));
    status(seen, () -> new InvoicesApi(asCarol).readInvoice(invoice, null));
    for (int i = 0; i < 5; i++) {
      seen.append(
          new ReportsApi(asBob).readReceivables(null).getReceivables().get(0).getCurrency());
    }
    seen.append('\n');
    status(seen, () -> new ReportsApi(asBob).readReceivables(null));
    return seen.toString();
  }

  private static ApiClient client(URI base, SSLContext trust, String token) {
    ApiClient client = new ApiClient();
    // Each API object has a connection of its own; on one of HTTP/2 that waits, the server's GOAWAY
    // fails the next call, which the JDK's client does not repeat.
    client.setHttpClientBuilder(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trust));
    client.updateBaseUri(base.toString());
    if (token != null) {
      client.setRequestInterceptor(
          request -> request.setHeader("Authorization", "Bearer " + token));
    }
    return client;
  }

  private interface Call {
    Object make() throws ApiException;
  }

  private static void status(StringBuilder seen, Call call) {
    try {
      Object answer = call.make();
      seen.append("answered ").append(answer).append('\n');
    } catch (ApiException e) {
      seen.append(e.getCode())
          .append(' ')
          .append(e.getResponseBody().replaceAll("(?s).*?\"code\":\"([^\"]*)\".*", "$1"))
          .append('\n');
    }
  }
}
