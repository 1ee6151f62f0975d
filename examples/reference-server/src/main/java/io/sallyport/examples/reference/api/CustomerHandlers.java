package io.sallyport.examples.reference.api;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.JsonBody;
import io.sallyport.core.page.Page;
import io.sallyport.examples.reference.application.CustomerService;
import io.sallyport.examples.reference.domain.Customer;
import io.sallyport.examples.reference.domain.CustomerId;
import io.sallyport.examples.reference.domain.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /v1/customers}. */
final class CustomerHandlers {
  private final CustomerService customers;

  CustomerHandlers(CustomerService customers) {
    this.customers = requireNonNull(customers, "customers");
  }

  void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CreateCustomer body = JsonBody.of(request, CreateCustomer.class);
    Customer created = Outcomes.value(customers.create(Tenants.of(request), body.command()));
    JsonAnswer.created(response, "/v1/customers/" + created.id(), CustomerView.of(created));
  }

  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    TenantId tenant = Tenants.of(request);
    Page<Customer> page =
        Lists.page(request, response, query -> customers.list(tenant, query), Lists.CUSTOMER_KEY);
    JsonAnswer.ok(response, page.map(CustomerView::of));
  }

  void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CustomerId id = new CustomerId(Inputs.id(request));
    JsonAnswer.ok(
        response, CustomerView.of(Outcomes.value(customers.find(Tenants.of(request), id))));
  }
}
