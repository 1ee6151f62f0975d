package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** The short name of a tenant, such as {@code acme}. Every row of the database belongs to one. */
public record TenantId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{1,62}");

  public TenantId {
    requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "tenant must be 2 to 63 of a-z, 0-9 and '-', and begin with a letter");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
