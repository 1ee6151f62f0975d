package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Customer;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/** A customer as clients see it. */
record CustomerView(
    UUID id,
    @Size(max = Customer.MAX_NAME) String name,
    @Size(max = Customer.MAX_EMAIL) String email,
    @Size(max = 16) @Pattern(regexp = "[A-Z_]+") String status,
    @Size(max = 30) String createdAt) {
  static CustomerView of(Customer customer) {
    return new CustomerView(
        customer.id().value(),
        customer.name(),
        customer.email(),
        customer.status().name(),
        customer.createdAt().toString());
  }
}
