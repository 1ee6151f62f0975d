package io.sallyport.examples.reference.api;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import io.sallyport.examples.reference.application.Outcome;
import java.util.List;

/** How the outcomes of the use cases look over HTTP. */
final class Outcomes {
  private Outcomes() {}

  /** The value, where there is one. */
  static <T> T value(Outcome<T> outcome) {
    if (outcome instanceof Outcome.Done<T> done) {
      return done.value();
    }
    throw new ProblemException(problem(outcome));
  }

  private static Problem problem(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Conflict<?> conflict) {
      return Problem.of(ProblemType.CONFLICT).detail(sentence(conflict.reason()));
    }
    if (outcome instanceof Outcome.UnknownReference<?> unknown) {
      // The same for what does not exist and for what is another tenant's.
      return Problem.of(ProblemType.VALIDATION_FAILED)
          .violations(
              List.of(
                  new Violation(
                      Violation.In.BODY, unknown.pointer(), "exists", "must name what exists")));
    }
    return Problem.of(ProblemType.NOT_FOUND);
  }

  private static String sentence(Outcome.Reason reason) {
    return switch (reason) {
      case EMAIL_TAKEN -> "Another customer has this mail address.";
      case SKU_TAKEN -> "Another product has this SKU.";
      case CUSTOMER_CLOSED -> "The customer is closed.";
      case PRODUCT_RETIRED -> "A product is retired.";
      case CURRENCIES_DIFFER -> "The products' prices are in different currencies.";
    };
  }
}
