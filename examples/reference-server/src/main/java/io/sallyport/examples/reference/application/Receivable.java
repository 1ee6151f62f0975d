package io.sallyport.examples.reference.application;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Currency;

/** What a tenant is still owed in one currency. A sum of many invoices may outgrow a long. */
public record Receivable(Currency currency, long invoices, BigInteger minorUnits) {
  public Receivable {
    requireNonNull(currency, "currency");
    requireNonNull(minorUnits, "minorUnits");
  }
}
