package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Customer;
import java.util.UUID;

/** A customer as clients see it. */
record CustomerView(UUID id, String name, String email, String status, String createdAt) {
  static CustomerView of(Customer customer) {
    return new CustomerView(
        customer.id().value(),
        customer.name(),
        customer.email(),
        customer.status().name(),
        customer.createdAt().toString());
  }
}
