package io.sallyport.examples.reference.api;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.filter.ProblemMapper;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.examples.reference.application.StorageUnavailableException;
import java.util.Optional;

/** A database that does not answer is 503, which invites to try again, and not 500. */
final class StorageProblems implements ProblemMapper, Described {
  private static final Problem UNAVAILABLE =
      Problem.of(ProblemType.UNAVAILABLE).header("Retry-After", "2");

  @Override
  public Optional<Problem> problemFor(Throwable thrown) {
    return thrown instanceof StorageUnavailableException
        ? Optional.of(UNAVAILABLE)
        : Optional.empty();
  }

  @Override
  public void describe(OperationDescription operation) {
    operation.refuses(ProblemType.UNAVAILABLE);
  }
}
