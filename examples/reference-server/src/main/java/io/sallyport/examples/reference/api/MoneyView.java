package io.sallyport.examples.reference.api;

import io.sallyport.examples.reference.domain.Money;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** An amount in minor units, {@code 1999} and {@code EUR} for €19.99. */
record MoneyView(long amount, @Size(max = 3) @Pattern(regexp = "[A-Z]{3}") String currency) {
  static MoneyView of(Money money) {
    return new MoneyView(money.minorUnits(), money.currency().getCurrencyCode());
  }
}
