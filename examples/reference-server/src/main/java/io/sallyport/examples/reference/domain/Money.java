package io.sallyport.examples.reference.domain;

import static java.util.Objects.requireNonNull;

import java.util.Currency;

/**
 * An amount that is not negative, in the smallest unit of its currency: {@code 1999 EUR} is €19.99.
 *
 * <p>Whole numbers, since a binary fraction cannot hold a cent. Overflow throws, and never wraps.
 */
public record Money(long minorUnits, Currency currency) {
  public Money {
    requireNonNull(currency, "currency");
    if (minorUnits < 0) {
      throw new IllegalArgumentException("minorUnits must not be negative, was " + minorUnits);
    }
  }

  /** {@code code} is an ISO 4217 code, such as {@code EUR}. */
  public static Money of(long minorUnits, String code) {
    return new Money(minorUnits, Currency.getInstance(code));
  }

  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
    }
    return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
  }

  public Money times(long quantity) {
    return new Money(Math.multiplyExact(minorUnits, quantity), currency);
  }
}
