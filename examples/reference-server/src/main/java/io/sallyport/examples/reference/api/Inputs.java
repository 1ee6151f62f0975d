package io.sallyport.examples.reference.api;

import static io.sallyport.core.body.Parameter.path;
import static io.sallyport.core.body.Parameter.query;

import io.sallyport.core.body.Parameter;
import io.sallyport.core.body.ParameterValues;
import io.sallyport.core.body.Parameters;
import io.sallyport.examples.reference.application.PageQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/** The parameters that endpoints declare, and their values. */
final class Inputs {
  private static final Parameter<UUID> ID = path("id").uuid();
  private static final Parameter<Integer> LIMIT =
      query("limit").integer(1, PageQuery.MAX_LIMIT).withDefault(PageQuery.DEFAULT_LIMIT);
  private static final Parameter<UUID> AFTER = query("after").uuid().optional();

  /** Text without controls: PostgreSQL refuses a null character, and the others end lines. */
  static final String NO_CONTROLS = "[^\\x00-\\x1f\\x7f]*";

  /** Of an endpoint that takes a body, or nothing. */
  static final Parameters NONE = Parameters.of();

  /** Of an endpoint that reads one thing. */
  static final Parameters BY_ID = Parameters.of(ID);

  /** Of an endpoint that lists. */
  static final Parameters PAGE = Parameters.of(LIMIT, AFTER);

  private Inputs() {}

  static UUID id(HttpServletRequest request) {
    return Parameters.of(request).value(ID);
  }

  static PageQuery page(HttpServletRequest request) {
    ParameterValues values = Parameters.of(request);
    return new PageQuery(values.value(LIMIT), values.find(AFTER));
  }
}
