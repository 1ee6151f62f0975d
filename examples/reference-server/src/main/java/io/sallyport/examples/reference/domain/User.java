package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** Somebody of a tenant, known to the issuer of tokens under {@code subject}. */
public record User(TenantId tenant, String subject, String displayName, Set<String> roles) {
  public User {
    requireNonNull(tenant, "tenant");
    Text.required(subject, "subject", 255);
    Text.required(displayName, "displayName", 200);
    roles = Set.copyOf(roles);
  }
}
