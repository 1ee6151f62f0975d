package io.sallyport.examples.reference.api;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.Patch;
import io.sallyport.core.cache.ConditionalRequest;
import io.sallyport.core.cache.ETag;
import io.sallyport.core.cache.Validators;
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
    JsonAnswer.ok(response, PageView.of(page, CustomerView::of));
  }

  void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CustomerId id = new CustomerId(Inputs.id(request));
    Customer customer = Outcomes.value(customers.find(Tenants.of(request), id));
    if (!ConditionalRequest.of(request).answered(response, Validators.of(tag(customer)))) {
      JsonAnswer.ok(response, CustomerView.of(customer));
    }
  }

  void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CustomerId id = new CustomerId(Inputs.id(request));
    ConditionalRequest condition = ConditionalRequest.of(request);
    Patch<CustomerPatch> patch = Patch.of(request, CustomerPatch.class);
    Customer changed =
        Outcomes.value(
            customers.change(
                Tenants.of(request),
                id,
                current -> {
                  // Here, with the row locked: asked any earlier, another change may come between.
                  condition.check(tag(current));
                  CustomerPatch next = patch.applyTo(CustomerPatch.of(current));
                  return current.renamed(next.name(), next.email());
                }));
    response.setHeader("ETag", tag(changed).toString());
    JsonAnswer.ok(response, CustomerView.of(changed));
  }

  private static ETag tag(Customer customer) {
    return ETag.ofVersion(customer.version());
  }
}
