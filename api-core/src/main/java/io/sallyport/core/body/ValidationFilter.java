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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass when its input is sound: its {@link Parameters} (400 otherwise) and its
 * {@link JsonBody}, {@link FormBody}, {@link MergePatch} or {@link JsonPatch} (415, 413, 400 or 422
 * otherwise), and hands on the checked values.
 *
 * <p>Parameters are asked first, since they cost no reading. An endpoint that declares no body
 * takes none: a request with one is refused with 400, whatever its method, unless the endpoint says
 * {@link UnvalidatedBody}. The query of an endpoint without {@code Parameters}, and undeclared
 * paths where these pass through, are not looked at; only beside a {@link FormBody} such a query is
 * refused.
 *
 * <p>The body is read once and can be read again behind this guard, also in shadow.
 */
public final class ValidationFilter extends Guard implements Described {
  private static final Problem UNEXPECTED_BODY =
      Problem.of(ProblemType.BAD_REQUEST).detail("This endpoint takes no body.");
  private static final Problem UNREADABLE =
      Problem.of(ProblemType.BAD_REQUEST).detail("The body could not be read.");
  private static final Parameters NO_PARAMETERS = Parameters.of();
  private static final Problem TOO_LARGE = Problem.of(ProblemType.CONTENT_TOO_LARGE);

  private final Map<Endpoint, Parameters> parameters = new HashMap<>();

  /** Checks the input that {@code endpoints} declare. */
  public ValidationFilter(Endpoints endpoints) {
    super(endpoints);
    for (Endpoint endpoint : endpoints.all()) {
      endpoint
          .facet(Parameters.class)
          .ifPresent(declared -> parameters.put(endpoint, declared.withThoseOf(endpoint)));
    }
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
    return Set.of(
        JsonBody.class,
        FormBody.class,
        MergePatch.class,
        JsonPatch.class,
        Parameters.class,
        UnvalidatedBody.class);
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
    Parameters declared = parameters.get(endpoint);
    if (declared != null) {
      Problem problem = problemOf(declared, match.get()::variable, request);
      if (problem != null) {
        return Decision.refuse(problem);
      }
    }
    List<DeclaredBody> bodies = bodies(endpoint);
    if (!bodies.isEmpty()) {
      return decide(bodies, endpoint, request);
    }
    Optional<UnvalidatedBody> unvalidated = endpoint.facet(UnvalidatedBody.class);
    if (unvalidated.isPresent()) {
      return decide(unvalidated.get(), request);
    }
    return hasBody(request) ? Decision.refuse(UNEXPECTED_BODY) : Decision.pass();
  }

  private static @Nullable Problem problemOf(
      Parameters parameters, Function<String, String> path, HttpServletRequest request) {
    Map<String, List<String>> query = QueryString.parse(request.getQueryString());
    List<Violation> violations = new ArrayList<>();
    ParameterValues values = parameters.read(path, query, name -> lines(request, name), violations);
    if (!violations.isEmpty()) {
      return Problem.of(ProblemType.INVALID_PARAMETERS).violations(violations);
    }
    Parameters.bind(request, values);
    return null;
  }

  private static List<DeclaredBody> bodies(Endpoint endpoint) {
    List<DeclaredBody> bodies = new ArrayList<>(1);
    for (Facet facet : endpoint.facets()) {
      if (facet instanceof DeclaredBody body) {
        bodies.add(body);
      }
    }
    return bodies;
  }

  private static Decision decide(
      List<DeclaredBody> bodies, Endpoint endpoint, HttpServletRequest request) {
    long declared = request.getContentLengthLong();
    if (declared == 0 || (declared < 0 && isBodilessByHeader(request))) {
      return Decision.refuse(bodies.get(0).missing());
    }
    List<String> types = lines(request, "Content-Type");
    for (DeclaredBody body : bodies) {
      if (BodyMediaType.matches(types, body.mediaType())) {
        return decide(body, declared, endpoint, request);
      }
    }
    return Decision.refuse(unsupported(bodies, endpoint));
  }

  private static Problem unsupported(List<DeclaredBody> bodies, Endpoint endpoint) {
    String types = bodies.stream().map(DeclaredBody::mediaType).collect(Collectors.joining(", "));
    Problem problem = Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).header("Accept", types);
    // RFC 5789 section 2.2.
    return endpoint.method().equals("PATCH") ? problem.header("Accept-Patch", types) : problem;
  }

  private static Decision decide(
      DeclaredBody body, long declared, Endpoint endpoint, HttpServletRequest request) {
    if (!isUnencoded(lines(request, "Content-Encoding"))) {
      return Decision.refuse(
          Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).header("Accept-Encoding", "identity"));
    }
    // A container merges query and form into one set of parameters, and a handler that asks it
    // would
    // take from the query what was never checked.
    if (body instanceof FormBody && endpoint.facet(Parameters.class).isEmpty()) {
      Problem problem = problemOf(NO_PARAMETERS, name -> "", request);
      if (problem != null) {
        return Decision.refuse(problem);
      }
    }
    if (declared > body.maxBytes()) {
      return Decision.refuse(TOO_LARGE);
    }
    BoundedBytes bytes = read(request, declared, body.maxBytes());
    BufferedBodyRequest next = new BufferedBodyRequest(request, bytes);
    if (!bytes.complete()) {
      return Decision.refuse(TOO_LARGE).request(next);
    }
    DeclaredBody.Reading reading = body.read(bytes.bytes());
    if (reading instanceof DeclaredBody.Reading.Refused refused) {
      return Decision.refuse(refused.problem()).request(next);
    }
    request.setAttribute(body.attribute(), ((DeclaredBody.Reading.Sound) reading).value());
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
