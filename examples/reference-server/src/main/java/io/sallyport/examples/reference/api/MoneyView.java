package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Money;

/** An amount in minor units, {@code 1999} and {@code EUR} for €19.99. */
record MoneyView(long amount, String currency) {
  static MoneyView of(Money money) {
    return new MoneyView(money.minorUnits(), money.currency().getCurrencyCode());
  }
}
