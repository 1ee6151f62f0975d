package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.application.CustomerService.NewCustomer;
import io.sallyport.examples.reference.domain.Customer;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** The body of {@code POST /v1/customers}. */
record CreateCustomer(
    @NotBlank @Size(max = Customer.MAX_NAME) @Pattern(regexp = Inputs.NO_CONTROLS) String name,
    @NotBlank @Email @Size(max = Customer.MAX_EMAIL) String email) {
  NewCustomer command() {
    return new NewCustomer(name, email);
  }
}
