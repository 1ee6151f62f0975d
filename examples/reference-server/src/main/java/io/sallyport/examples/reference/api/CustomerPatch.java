package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Customer;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What a client may change about a customer: not its id, its tenant or its status. */
record CustomerPatch(
    @NotBlank @Size(max = Customer.MAX_NAME) @Pattern(regexp = Inputs.NO_CONTROLS) String name,
    @NotBlank @Email @Size(max = Customer.MAX_EMAIL) String email) {
  static CustomerPatch of(Customer customer) {
    return new CustomerPatch(customer.name(), customer.email());
  }
}
