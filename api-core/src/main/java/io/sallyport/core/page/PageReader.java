package io.sallyport.core.page;

import io.sallyport.core.body.Parameter;
import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which page a request asks for. Immutable and safe for concurrent use. */
final class PageReader {
  private final Cursors cursors;
  private final List<String> callerAttributes;

  PageReader(Cursors cursors, List<String> callerAttributes) {
    this.cursors = cursors;
    this.callerAttributes = callerAttributes;
  }

  /**
   * The page that {@code query} asks for.
   *
   * @param rawPath the path as it was sent
   * @throws InvalidCursorException if it has a cursor that is not accepted
   * @throws ProblemException with 400 and every violation if a parameter breaks its rules
   */
  RequestedPage read(
      Paging paging,
      Endpoint endpoint,
      List<String> pathValues,
      String rawPath,
      Map<String, List<String>> query,
      Optional<Caller> caller)
      throws InvalidCursorException {
    List<Violation> violations = new ArrayList<>();
    Integer size = read(paging.limit(), query, violations);
    String cursor = read(paging.cursor(), query, violations);
    Parameter<String> sortName = paging.sortName();
    String name = sortName == null ? null : read(sortName, query, violations);
    if (size == null || !violations.isEmpty()) {
      throw new ProblemException(Problem.of(ProblemType.INVALID_PARAMETERS).violations(violations));
    }
    Sort sort = name == null ? paging.sort() : paging.allowedSort(name);
    BoundCursors bound =
        cursors.boundTo(
            Binding.of(
                endpoint.id(), pathValues, sort, query, paging.unbound(), caller, callerAttributes),
            paging.cursorLifetime());
    Optional<Position> position =
        cursor == null ? Optional.empty() : Optional.of(checked(bound.read(cursor), sort));
    return new RequestedPage(
        new PageQuery(sort, size, position), bound, PageLinks.of(rawPath, query));
  }

  static List<String> pathValues(Route.Matched match) {
    return match.variables().stream().map(match::variable).toList();
  }

  // What we sealed fits the sort that it is bound to; nothing is taken on trust all the same.
  private static Position checked(Position position, Sort sort) throws InvalidCursorException {
    List<@Nullable Object> values = position.values();
    List<SortColumn> columns = sort.columns();
    boolean fits = values.size() == columns.size();
    for (int i = 0; fits && i < columns.size(); i++) {
      fits = values.get(i) != null || columns.get(i).nullable();
    }
    if (!fits) {
      throw new InvalidCursorException(InvalidCursorException.Reason.MALFORMED);
    }
    return position;
  }

  private static <T> @Nullable T read(
      Parameter<T> parameter, Map<String, List<String>> query, List<Violation> violations) {
    return parameter.read(query.getOrDefault(parameter.name(), List.of()), violations);
  }
}
