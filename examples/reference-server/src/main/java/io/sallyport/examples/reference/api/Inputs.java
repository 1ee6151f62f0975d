package io.sallyport.examples.reference.api;

import static io.sallyport.core.body.Parameter.path;

import io.sallyport.core.body.Parameter;
import io.sallyport.core.body.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/** The parameters that endpoints declare, and their values. */
final class Inputs {
  private static final Parameter<UUID> ID = path("id").uuid();

  /** Text without controls: PostgreSQL refuses a null character, and the others end lines. */
  static final String NO_CONTROLS = "[^\\x00-\\x1f\\x7f]*";

  /** Of an endpoint that takes a body, or nothing. */
  static final Parameters NONE = Parameters.of();

  /** Of an endpoint that reads one thing. */
  static final Parameters BY_ID = Parameters.of(ID);

  private Inputs() {}

  static UUID id(HttpServletRequest request) {
    return Parameters.of(request).value(ID);
  }
}
