package io.sallyport.core.version;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which version of an endpoint's {@link Versioning} a request means: 406 for one that is
 * not declared, 400 for an {@code Accept} that cannot be read, 410 from the sunset on. A version in
 * a path that is not declared is 404 by the route.
 *
 * <p>{@code Deprecation}, {@code Sunset}, {@code Link} and {@code Vary} are on every answer of the
 * endpoint from here on, refusals included.
 */
public final class VersionFilter extends Guard {
  private static final Problem NOT_ACCEPTABLE =
      Problem.of(ProblemType.NOT_ACCEPTABLE)
          .detail("The Accept field names no version of this resource.");
  private static final Problem MALFORMED =
      Problem.of(ProblemType.BAD_REQUEST).detail("The Accept field is not well-formed.");
  private static final Problem GONE =
      Problem.of(ProblemType.GONE).detail("This version is no longer available.");

  private final InstantSource clock;
  private final IdentityHashMap<Version, List<HeaderField>> headers = new IdentityHashMap<>();

  /** Decides by the declarations in {@code endpoints} and the time of {@code clock}. */
  public VersionFilter(Endpoints endpoints, InstantSource clock) {
    super(endpoints);
    this.clock = requireNonNull(clock, "clock");
    for (Endpoint endpoint : endpoints.all()) {
      endpoint
          .facet(Versioning.class)
          .ifPresent(all -> all.versions().forEach(v -> headers.put(v, v.headers())));
    }
  }

  @Override
  public Stage stage() {
    return Stage.ROUTE;
  }

  @Override
  public String name() {
    return "version";
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(Versioning.class);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    Optional<Versioning> versioning =
        exchange.endpoint().flatMap(endpoint -> endpoint.facet(Versioning.class));
    if (versioning.isEmpty()) {
      return Decision.pass().because("unversioned");
    }
    boolean varies = versioning.get().variesByAccept();
    List<String> accept = varies ? Collections.list(request.getHeaders("Accept")) : List.of();
    Decision decision = decide(versioning.get().select(accept), request);
    return varies ? decision.header("Vary", "Accept") : decision;
  }

  private Decision decide(Selection selection, HttpServletRequest request) {
    if (selection instanceof Selection.Malformed) {
      return Decision.refuse(MALFORMED).because("malformed-accept");
    } else if (!(selection instanceof Selection.Chosen chosen)) {
      return Decision.refuse(NOT_ACCEPTABLE).because("unknown-version");
    } else {
      Version version = chosen.version();
      // Bound for a version that is gone as well: who still asks for it is worth knowing.
      new VersionedRequest(version, chosen.mediaType()).bindTo(request);
      Decision decision = version.isGone(clock.instant()) ? Decision.refuse(GONE) : Decision.pass();
      for (HeaderField field : headers.getOrDefault(version, List.of())) {
        decision = decision.header(field.name(), field.value());
      }
      return decision;
    }
  }
}
