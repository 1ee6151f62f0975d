package io.sallyport.core.problem;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A type of problem, RFC 9457 section 3.1: a stable code, a status and a title. The constants are
 * the catalogue of this library; a module or an application may add types of its own.
 *
 * @param code lower-case words joined by hyphens; part of the API, so never changed
 * @param status the HTTP status, 400 to 599
 * @param title a short phrase, the same for every occurrence
 */
public record ProblemType(String code, int status, String title) {
  /** The request is not valid HTTP or cannot be read. */
  public static final ProblemType BAD_REQUEST = of("bad-request", 400, "Bad request");

  /** The path is not well-formed, or can be read in two ways. */
  public static final ProblemType MALFORMED_PATH = of("malformed-path", 400, "Malformed path");

  /** The body is not well-formed in its media type. */
  public static final ProblemType MALFORMED_BODY = of("malformed-body", 400, "Malformed body");

  /** A path, query or header parameter breaks its rules. */
  public static final ProblemType INVALID_PARAMETERS =
      of("invalid-parameters", 400, "Invalid parameters");

  /** A cursor is not one that is valid here and now. */
  public static final ProblemType INVALID_CURSOR = of("invalid-cursor", 400, "Invalid cursor");

  /** The endpoint asks for an {@code Idempotency-Key}. */
  public static final ProblemType IDEMPOTENCY_KEY_MISSING =
      of("idempotency-key-missing", 400, "Idempotency key missing");

  /** The {@code Idempotency-Key} is not a String of RFC 9651, or not of a length that is taken. */
  public static final ProblemType IDEMPOTENCY_KEY_INVALID =
      of("idempotency-key-invalid", 400, "Idempotency key invalid");

  /** Credentials are missing. */
  public static final ProblemType UNAUTHENTICATED =
      of("unauthenticated", 401, "Authentication required");

  /** Credentials were presented and are not accepted. */
  public static final ProblemType INVALID_TOKEN = of("invalid-token", 401, "Invalid access token");

  /** The caller may not do this. */
  public static final ProblemType FORBIDDEN = of("forbidden", 403, "Forbidden");

  /** There is nothing at this path, or nothing that this caller may know of. */
  public static final ProblemType NOT_FOUND = of("not-found", 404, "Not found");

  /** The resource does not support the method. */
  public static final ProblemType METHOD_NOT_ALLOWED =
      of("method-not-allowed", 405, "Method not allowed");

  /** No representation that the client accepts. */
  public static final ProblemType NOT_ACCEPTABLE = of("not-acceptable", 406, "Not acceptable");

  /** The request did not arrive in time. */
  public static final ProblemType REQUEST_TIMEOUT = of("request-timeout", 408, "Request timeout");

  /** The request conflicts with the state of the resource. */
  public static final ProblemType CONFLICT = of("conflict", 409, "Conflict");

  /** The request with this idempotency key is being processed. */
  public static final ProblemType IDEMPOTENCY_IN_PROGRESS =
      of("idempotency-in-progress", 409, "Request in progress");

  /** The request with this idempotency key may have been processed; nobody knows yet. */
  public static final ProblemType IDEMPOTENCY_OUTCOME_UNKNOWN =
      of("idempotency-outcome-unknown", 409, "Outcome unknown");

  /** The request with this idempotency key was processed, and its answer was not kept. */
  public static final ProblemType IDEMPOTENCY_RESPONSE_NOT_KEPT =
      of("idempotency-response-not-kept", 409, "Response not kept");

  /** The resource existed and does no longer. */
  public static final ProblemType GONE = of("gone", 410, "Gone");

  /** A length is required. */
  public static final ProblemType LENGTH_REQUIRED = of("length-required", 411, "Length required");

  /** A condition of the request does not hold. */
  public static final ProblemType PRECONDITION_FAILED =
      of("precondition-failed", 412, "Precondition failed");

  /** The body is larger than the endpoint takes. */
  public static final ProblemType CONTENT_TOO_LARGE =
      of("content-too-large", 413, "Content too large");

  /** The request target is too long. */
  public static final ProblemType URI_TOO_LONG = of("uri-too-long", 414, "URI too long");

  /** The media type, charset or coding of the body is not one that the endpoint takes. */
  public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
      of("unsupported-media-type", 415, "Unsupported media type");

  /** The request was sent to a server that does not answer for its authority. */
  public static final ProblemType MISDIRECTED_REQUEST =
      of("misdirected-request", 421, "Misdirected request");

  /** The body is well-formed and breaks rules; the violations say which. */
  public static final ProblemType VALIDATION_FAILED =
      of("validation-failed", 422, "Validation failed");

  /** The idempotency key was used for another request. */
  public static final ProblemType IDEMPOTENCY_KEY_REUSED =
      of("idempotency-key-reused", 422, "Idempotency key reused");

  /** The request must be conditional. */
  public static final ProblemType PRECONDITION_REQUIRED =
      of("precondition-required", 428, "Precondition required");

  /** The caller has had its share for now. */
  public static final ProblemType RATE_LIMITED = of("rate-limited", 429, "Rate limit exceeded");

  /** The header section is too large. */
  public static final ProblemType HEADERS_TOO_LARGE =
      of("headers-too-large", 431, "Request header fields too large");

  /** Something went wrong here; the error id leads to it. */
  public static final ProblemType INTERNAL_ERROR = of("internal-error", 500, "Internal error");

  /** The server does not implement what was asked. */
  public static final ProblemType NOT_IMPLEMENTED = of("not-implemented", 501, "Not implemented");

  /** A server behind this one failed. */
  public static final ProblemType BAD_GATEWAY = of("bad-gateway", 502, "Bad gateway");

  /** The service cannot answer now, or cannot decide whether it may. */
  public static final ProblemType UNAVAILABLE = of("unavailable", 503, "Service unavailable");

  /** A server behind this one did not answer in time. */
  public static final ProblemType GATEWAY_TIMEOUT = of("gateway-timeout", 504, "Gateway timeout");

  private static final List<ProblemType> CATALOGUE =
      List.of(
          BAD_REQUEST,
          MALFORMED_PATH,
          MALFORMED_BODY,
          INVALID_PARAMETERS,
          INVALID_CURSOR,
          IDEMPOTENCY_KEY_MISSING,
          IDEMPOTENCY_KEY_INVALID,
          UNAUTHENTICATED,
          INVALID_TOKEN,
          FORBIDDEN,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          REQUEST_TIMEOUT,
          CONFLICT,
          IDEMPOTENCY_IN_PROGRESS,
          IDEMPOTENCY_OUTCOME_UNKNOWN,
          IDEMPOTENCY_RESPONSE_NOT_KEPT,
          GONE,
          LENGTH_REQUIRED,
          PRECONDITION_FAILED,
          CONTENT_TOO_LARGE,
          URI_TOO_LONG,
          UNSUPPORTED_MEDIA_TYPE,
          MISDIRECTED_REQUEST,
          VALIDATION_FAILED,
          IDEMPOTENCY_KEY_REUSED,
          PRECONDITION_REQUIRED,
          RATE_LIMITED,
          HEADERS_TOO_LARGE,
          INTERNAL_ERROR,
          NOT_IMPLEMENTED,
          BAD_GATEWAY,
          UNAVAILABLE,
          GATEWAY_TIMEOUT);

  // The first type of a status is the general one, so it wins.
  private static final Map<Integer, ProblemType> BY_STATUS =
      CATALOGUE.stream()
          .collect(Collectors.toMap(ProblemType::status, Function.identity(), (a, b) -> a));

  public ProblemType {
    if (!requireNonNull(code, "code").matches("[a-z0-9-]+")
        || code.startsWith("-")
        || code.endsWith("-")
        || code.contains("--")) {
      throw new IllegalArgumentException(
          "code must be lower-case words joined by hyphens, was " + code);
    }
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be 400 to 599, was " + status);
    }
    requireNonNull(title, "title");
  }

  /** A type with {@code code}, {@code status} and {@code title}. */
  public static ProblemType of(String code, int status, String title) {
    return new ProblemType(code, status, title);
  }

  /** The types of this library, in the order of their status. */
  public static List<ProblemType> catalogue() {
    return CATALOGUE;
  }

  /**
   * The general type for an HTTP status: a type of the catalogue, else the one for 400 or 500.
   * Anything that is not an error status counts as 500.
   */
  public static ProblemType forStatus(int status) {
    ProblemType exact = BY_STATUS.get(status);
    if (exact != null) {
      return exact;
    }
    if (status < 400 || status > 599) {
      return INTERNAL_ERROR;
    }
    return new ProblemType(
        status < 500 ? "bad-request" : "internal-error",
        status,
        status < 500 ? BAD_REQUEST.title() : INTERNAL_ERROR.title());
  }

  /** The URI of this type, the {@code type} member of a problem. */
  public String uri() {
    return "urn:sallyport:" + code;
  }
}
