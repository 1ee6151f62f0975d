package io.sallyport.core.version;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A handler for each version of one endpoint: {@code .with(VersionedHandler.of(Map.of("v1",
 * this::first, "v2", this::second)))}. A version without a handler, and a handler without a
 * version, are faults at start-up.
 */
public final class VersionedHandler implements Handler {
  private static final Problem NOT_ACCEPTABLE = Problem.of(ProblemType.NOT_ACCEPTABLE);

  private final Map<String, Handler> handlers;

  private VersionedHandler(Map<String, Handler> handlers) {
    this.handlers = handlers;
  }

  /** The handlers by the name of their version. */
  public static VersionedHandler of(Map<String, Handler> handlers) {
    return new VersionedHandler(Map.copyOf(handlers));
  }

  @Override
  public void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
    Handler handler =
        VersionedRequest.find(request)
            .map(versioned -> handlers.get(versioned.version().name()))
            // A guard in shadow lets pass what it could not choose a version for.
            .orElseThrow(() -> new ProblemException(NOT_ACCEPTABLE));
    handler.handle(request, response);
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    Optional<Versioning> versioning = endpoint.facet(Versioning.class);
    TreeSet<String> declared =
        versioning.stream()
            .flatMap(all -> all.versions().stream())
            .map(Version::name)
            .collect(Collectors.toCollection(TreeSet::new));
    if (declared.equals(handlers.keySet())) {
      return List.of();
    }
    return List.of(
        new Fault(
            endpoint.toString(),
            "VersionedHandler",
            String.join(", ", new TreeSet<>(handlers.keySet())),
            "must have a handler for each declared version and no other",
            declared.isEmpty()
                ? "declare .with(Versioning.byMediaType(...)) on the endpoint"
                : "give handlers for " + String.join(", ", declared)));
  }
}
