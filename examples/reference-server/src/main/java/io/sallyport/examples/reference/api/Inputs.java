package io.sallyport.examples.reference.api;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import io.sallyport.examples.reference.application.PageQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads path variables and query parameters; every broken rule at once. */
final class Inputs {
  private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private Inputs() {}

  /** The path variable {@code id}. What is no UUID names nothing: 404, as for an unknown one. */
  static UUID id(HttpServletRequest request) {
    String text = Exchange.of(request).match().orElseThrow().variable("id");
    if (!text.matches(UUID_FORM)) {
      throw new ProblemException(Problem.of(ProblemType.NOT_FOUND));
    }
    return UUID.fromString(text);
  }

  static PageQuery page(HttpServletRequest request) {
    List<Violation> violations = new ArrayList<>();
    int limit = limit(request, violations);
    Optional<UUID> after = after(request, violations);
    if (!violations.isEmpty()) {
      throw new ProblemException(Problem.of(ProblemType.INVALID_PARAMETERS).violations(violations));
    }
    return new PageQuery(limit, after);
  }

  private static int limit(HttpServletRequest request, List<Violation> violations) {
    Optional<String> text = query(request, "limit", violations);
    if (text.isEmpty()) {
      return PageQuery.DEFAULT_LIMIT;
    }
    int limit = text.get().matches("[0-9]{1,3}") ? Integer.parseInt(text.get()) : 0;
    if (limit < 1 || limit > PageQuery.MAX_LIMIT) {
      violations.add(
          violation("limit", "range", "must be a whole number from 1 to " + PageQuery.MAX_LIMIT));
    }
    return limit;
  }

  private static Optional<UUID> after(HttpServletRequest request, List<Violation> violations) {
    Optional<String> text = query(request, "after", violations);
    if (text.isPresent() && !text.get().matches(UUID_FORM)) {
      violations.add(violation("after", "uuid", "must be the next of an earlier page"));
      return Optional.empty();
    }
    return text.map(UUID::fromString);
  }

  private static Optional<String> query(
      HttpServletRequest request, String name, List<Violation> violations) {
    String[] values = request.getParameterValues(name);
    if (values == null) {
      return Optional.empty();
    }
    if (values.length > 1) {
      violations.add(violation(name, "single", "must be given once"));
    }
    return Optional.of(values[0]);
  }

  private static Violation violation(String name, String code, String message) {
    return new Violation(Violation.In.QUERY, name, code, message);
  }
}
