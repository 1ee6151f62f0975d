package io.sallyport.core.body;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import java.util.List;

/**
 * A facet that takes parameters of its own, such as {@code limit} and {@code cursor} of a list.
 *
 * <p>The {@link ValidationFilter} reads them together with the {@link Parameters} of the endpoint:
 * none of them is unknown, and what is wrong with any is reported with the rest. Declare them once;
 * a name that an endpoint has twice is a fault at start-up.
 */
public interface ParameterFacet extends Facet, Described {
  /** The parameters, the same at each call. */
  List<Parameter<?>> parameters();

  /**
   * Appends what is wrong with the values beyond each by itself, such as a name that is not known;
   * reported with the rest.
   *
   * @param values those that are sound by themselves
   */
  default void check(ParameterValues values, List<Violation> violations) {}

  @Override
  default void describe(OperationDescription operation) {
    parameters().forEach(parameter -> operation.parameter(parameter.description()));
    operation.refuses(ProblemType.INVALID_PARAMETERS, ProblemType.URI_TOO_LONG);
  }
}
