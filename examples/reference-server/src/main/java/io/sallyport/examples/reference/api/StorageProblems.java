package io.sallyport.examples.reference.api;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.filter.ProblemMapper;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.store.StoreUnavailableException;
import io.sallyport.examples.reference.application.StorageUnavailableException;
import io.sallyport.examples.reference.application.UnknownTenantException;
import java.util.Optional;

/**
 * A database that does not answer is 503, which invites to try again, and not 500. A valid token
 * for a tenant that is not ours is 403.
 */
final class StorageProblems implements ProblemMapper, Described {
  private static final Problem UNAVAILABLE =
      Problem.of(ProblemType.UNAVAILABLE).header("Retry-After", "2");
  private static final Problem FORBIDDEN = Problem.of(ProblemType.FORBIDDEN);

  @Override
  public Optional<Problem> problemFor(Throwable thrown) {
    if (thrown instanceof StorageUnavailableException
        || thrown instanceof StoreUnavailableException) {
      return Optional.of(UNAVAILABLE);
    }
    return thrown instanceof UnknownTenantException ? Optional.of(FORBIDDEN) : Optional.empty();
  }

  @Override
  public void describe(OperationDescription operation) {
    operation.refuses(ProblemType.UNAVAILABLE, ProblemType.FORBIDDEN);
  }
}
