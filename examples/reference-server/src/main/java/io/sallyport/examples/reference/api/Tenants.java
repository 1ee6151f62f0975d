package io.sallyport.examples.reference.api;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.examples.reference.domain.TenantId;
import jakarta.servlet.http.HttpServletRequest;

/** Reads the tenant out of the verified token: never out of a header, a path or a body. */
final class Tenants {
  private static final Problem FORBIDDEN = Problem.of(ProblemType.FORBIDDEN);

  private Tenants() {}

  static TenantId of(HttpServletRequest request) {
    String name =
        Caller.of(request)
            .flatMap(caller -> caller.text("tenant"))
            .orElseThrow(() -> new ProblemException(FORBIDDEN));
    try {
      return new TenantId(name);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(FORBIDDEN, e);
    }
  }
}
