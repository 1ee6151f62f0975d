package io.sallyport.core.filter;

import io.sallyport.core.problem.Problem;
import java.util.Optional;

/**
 * Says how an exception of a framework or an application looks from outside.
 *
 * <p>Must be safe for concurrent use and must not throw. The text of the exception must not become
 * part of the problem.
 */
@FunctionalInterface
public interface ProblemMapper {
  /** The problem for {@code thrown}; empty to leave it to the next mapper, and at last to 500. */
  Optional<Problem> problemFor(Throwable thrown);
}
