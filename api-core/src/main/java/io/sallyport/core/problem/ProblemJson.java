package io.sallyport.core.problem;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Problems as {@code application/problem+json}, RFC 9457 section 3. */
public final class ProblemJson {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonFactory JSON = new JsonFactory();

  private ProblemJson() {}

  /**
   * The document for {@code problem}, in UTF-8.
   *
   * @param errorId the id under which the logs know the occurrence
   */
  public static byte[] encode(Problem problem, String errorId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("type", problem.type().uri());
      json.writeStringProperty("title", problem.type().title());
      json.writeNumberProperty("status", problem.status());
      json.writeStringProperty("code", problem.type().code());
      String detail = problem.detail();
      if (detail != null) {
        json.writeStringProperty("detail", detail);
      }
      json.writeStringProperty("errorId", errorId);
      if (!problem.violations().isEmpty()) {
        json.writeArrayPropertyStart("violations");
        problem.violations().forEach(violation -> write(json, violation));
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Violation violation) {
    json.writeStartObject();
    switch (violation.in()) {
      case BODY -> json.writeStringProperty("pointer", violation.pointer());
      case PATH -> parameter(json, "path", violation);
      case QUERY -> parameter(json, "query", violation);
      case HEADER -> parameter(json, "header", violation);
    }
    json.writeStringProperty("code", violation.code());
    json.writeStringProperty("message", violation.message());
    json.writeEndObject();
  }

  private static void parameter(JsonGenerator json, String in, Violation violation) {
    json.writeStringProperty("in", in);
    json.writeStringProperty("parameter", violation.pointer());
  }
}
