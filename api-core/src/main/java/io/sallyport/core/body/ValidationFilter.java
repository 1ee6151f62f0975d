package io.sallyport.core.body;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass when its input is sound: its {@link Parameters} (400 otherwise) and its
 * {@link JsonBody} (415, 413, 400 or 422 otherwise), and hands on the checked values.
 *
 * <p>Parameters are asked first, since they cost no reading. An endpoint that declares no body
 * takes none: a request with one is refused with 400, whatever its method, unless the endpoint says
 * {@link UnvalidatedBody}. The query of an endpoint without {@code Parameters}, and undeclared
 * paths where these pass through, are not looked at.
 *
 * <p>The body is read once and can be read again behind this guard, also in shadow.
 */
public final class ValidationFilter extends Guard implements Described {
  private static final Problem UNEXPECTED_BODY =
      Problem.of(ProblemType.BAD_REQUEST).detail("This endpoint takes no body.");
  private static final Problem UNREADABLE =
      Problem.of(ProblemType.BAD_REQUEST).detail("The body could not be read.");
  private static final Problem EMPTY =
      Problem.of(ProblemType.MALFORMED_BODY).detail("A JSON body is required.");
  private static final Problem MALFORMED_QUERY =
      Problem.of(ProblemType.INVALID_PARAMETERS).detail("The query is not well-formed.");
  private static final Problem TOO_LONG = Problem.of(ProblemType.URI_TOO_LONG);
  private static final Problem TOO_LARGE = Problem.of(ProblemType.CONTENT_TOO_LARGE);

  /** Checks the input that {@code endpoints} declare. */
  public ValidationFilter(Endpoints endpoints) {
    super(endpoints);
  }

  @Override
  public Stage stage() {
    return Stage.VALIDATE;
  }

  @Override
  public String name() {
    return "validation";
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(JsonBody.class, Parameters.class, UnvalidatedBody.class);
  }

  @Override
  public void describe(OperationDescription operation) {
    // A body where none is taken. What else is refused, the facets tell.
    operation.refuses(ProblemType.BAD_REQUEST);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    Optional<Route.Matched> match = exchange.match();
    if (match.isEmpty()) {
      return Decision.pass().because("undeclared");
    }
    Endpoint endpoint = match.get().endpoint();
    Optional<Parameters> parameters = endpoint.facet(Parameters.class);
    if (parameters.isPresent()) {
      Problem problem = problemOf(parameters.get(), match.get(), request);
      if (problem != null) {
        return Decision.refuse(problem);
      }
    }
    Optional<JsonBody<?>> body = endpoint.facet(JsonBody.class).map(found -> (JsonBody<?>) found);
    if (body.isPresent()) {
      return decide(body.get(), request);
    }
    Optional<UnvalidatedBody> unvalidated = endpoint.facet(UnvalidatedBody.class);
    if (unvalidated.isPresent()) {
      return decide(unvalidated.get(), request);
    }
    return hasBody(request) ? Decision.refuse(UNEXPECTED_BODY) : Decision.pass();
  }

  private static @Nullable Problem problemOf(
      Parameters parameters, Route.Matched match, HttpServletRequest request) {
    String raw = request.getQueryString();
    if (raw != null && raw.length() > QueryString.MAX_LENGTH) {
      return TOO_LONG;
    }
    Map<String, List<String>> query = QueryString.parse(raw);
    if (query == null) {
      return MALFORMED_QUERY;
    }
    List<Violation> violations = new ArrayList<>();
    ParameterValues values =
        parameters.read(match::variable, query, name -> lines(request, name), violations);
    if (!violations.isEmpty()) {
      return Problem.of(ProblemType.INVALID_PARAMETERS).violations(violations);
    }
    Parameters.bind(request, values);
    return null;
  }

  private static <T> Decision decide(JsonBody<T> body, HttpServletRequest request) {
    long declared = request.getContentLengthLong();
    if (declared == 0 || (declared < 0 && isBodilessByHeader(request))) {
      return Decision.refuse(EMPTY);
    }
    if (!JsonMediaType.matches(lines(request, "Content-Type"), body.mediaType())) {
      return Decision.refuse(
          Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).header("Accept", body.mediaType()));
    }
    if (!isUnencoded(lines(request, "Content-Encoding"))) {
      return Decision.refuse(
          Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).header("Accept-Encoding", "identity"));
    }
    if (declared > body.maxBytes()) {
      return Decision.refuse(TOO_LARGE);
    }
    BoundedBytes bytes = read(request, declared, body.maxBytes());
    BufferedBodyRequest next = new BufferedBodyRequest(request, bytes);
    if (!bytes.complete()) {
      return Decision.refuse(TOO_LARGE).request(next);
    }
    Problem malformed = body.syntax().problemOf(bytes.bytes());
    if (malformed != null) {
      return Decision.refuse(malformed).request(next);
    }
    BindingProblems problems = new BindingProblems();
    T value = body.binding().bind(bytes.bytes(), problems);
    if (value != null) {
      Constraints.check(value, problems);
    }
    if (value == null || !problems.isEmpty()) {
      Problem invalid = Problem.of(ProblemType.VALIDATION_FAILED);
      return Decision.refuse(invalid.violations(problems.violations())).request(next);
    }
    JsonBody.bind(request, value);
    return Decision.pass().request(next);
  }

  private static BoundedBytes read(HttpServletRequest request, long declared, int limit) {
    try {
      return BoundedBytes.read(request.getInputStream(), declared, limit);
    } catch (IOException | RuntimeException e) {
      // A client that was too slow, sent a broken chunk or went away; containers throw both kinds.
      throw new ProblemException(UNREADABLE, e);
    }
  }

  private static Decision decide(UnvalidatedBody body, HttpServletRequest request) {
    return request.getContentLengthLong() > body.maxBytes()
        ? Decision.refuse(TOO_LARGE)
        : Decision.pass().request(new LimitedBodyRequest(request, body.maxBytes()));
  }

  private static boolean hasBody(HttpServletRequest request) {
    long declared = request.getContentLengthLong();
    if (declared >= 0) {
      return declared > 0;
    }
    return !isBodilessByHeader(request) && read(request, declared, 1).bytes().length > 0;
  }

  // HTTP/1.1 without length and coding has no body, RFC 9112 section 6.3; HTTP/2 and HTTP/3 frame
  // the body and need no header field for it.
  private static boolean isBodilessByHeader(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1")
        && request.getHeader("Transfer-Encoding") == null;
  }

  private static boolean isUnencoded(List<String> codings) {
    return codings.stream()
        .allMatch(coding -> coding.strip().toLowerCase(Locale.ROOT).equals("identity"));
  }

  private static List<String> lines(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }
}
