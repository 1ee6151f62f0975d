package io.sallyport.security.policy;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.security.token.BearerChallenge;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses what an endpoint's {@link Access} does not allow: 401 for an anonymous caller, 403 for
 * one whom the policy denies, 404 for what is not declared, even where undeclared paths pass
 * through other guards.
 *
 * <p>An endpoint without an access rule, or with an action that the policy could never allow, stops
 * the start.
 */
public final class AuthorizationFilter extends Guard {
  private static final Problem NOT_FOUND = Problem.of(ProblemType.NOT_FOUND);
  private static final Problem FORBIDDEN = Problem.of(ProblemType.FORBIDDEN);

  private final Endpoints table;
  private final Authorizer authorizer;
  private final Problem unauthenticated;

  /** Asks {@code policy} about the actions of {@code endpoints}. */
  public AuthorizationFilter(Endpoints endpoints, Policy policy) {
    this(endpoints, new Authorizer(policy), BearerChallenge.of("api"));
  }

  /**
   * Asks {@code authorizer}, the one that the service layer uses as well, and answers anonymous
   * callers with {@code challenge}.
   */
  public AuthorizationFilter(
      Endpoints endpoints, Authorizer authorizer, BearerChallenge challenge) {
    super(endpoints);
    this.table = endpoints;
    this.authorizer = requireNonNull(authorizer, "authorizer");
    this.unauthenticated =
        Problem.of(ProblemType.UNAUTHENTICATED)
            .header("WWW-Authenticate", challenge.withoutCredentials());
  }

  @Override
  public Stage stage() {
    return Stage.AUTHORIZE;
  }

  @Override
  public String name() {
    return "authorization";
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(Access.class);
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    Map<String, Endpoint> actions = new HashMap<>();
    for (Endpoint endpoint : table.all()) {
      Optional<Access> access = endpoint.facet(Access.class);
      if (access.isEmpty()) {
        faults.add(withoutAccess(endpoint));
      }
      access.flatMap(Access::action).ifPresent(action -> actions.putIfAbsent(action, endpoint));
    }
    for (String action : new TreeSet<>(authorizer.policy().neverAllowed(actions.keySet()))) {
      Endpoint endpoint = actions.get(action);
      if (endpoint != null) {
        faults.add(neverAllowed(endpoint, action));
      }
    }
    return faults;
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    Optional<Route.Matched> match = exchange.match();
    Optional<Access> access = exchange.endpoint().flatMap(e -> e.facet(Access.class));
    if (match.isEmpty() || access.isEmpty()) {
      return Decision.refuse(NOT_FOUND);
    }
    if (access.get().isPublic()) {
      return Decision.pass().because("public");
    }
    Optional<Caller> caller = exchange.caller();
    if (caller.isEmpty()) {
      return Decision.refuse(unauthenticated);
    }
    Optional<String> action = access.get().action();
    if (action.isEmpty()) {
      return Decision.pass().because("authenticated");
    }
    AccessDecision decision =
        authorizer.decide(
            new AccessRequest(
                caller.get(),
                action.get(),
                resource(match.get()),
                Map.of("clientAddress", exchange.clientAddress().text())));
    return decision.allowed()
        ? Decision.pass().because(decision.reason())
        : Decision.refuse(FORBIDDEN).because(decision.reason());
  }

  private static Map<String, Object> resource(Route.Matched match) {
    List<String> variables = match.variables();
    if (variables.isEmpty()) {
      return Map.of();
    }
    if (variables.size() == 1) {
      return Map.of(variables.get(0), match.variable(variables.get(0)));
    }
    Map<String, Object> resource = new HashMap<>();
    variables.forEach(name -> resource.put(name, match.variable(name)));
    return resource;
  }

  private static Fault withoutAccess(Endpoint endpoint) {
    return new Fault(
        endpoint.toString(),
        "Access",
        "",
        "is missing, and an endpoint without an access rule would be refused to everyone",
        "add .with(Access.action(\"...\")), or Access.publiclyAccessible() if it is for everyone");
  }

  private static Fault neverAllowed(Endpoint endpoint, String action) {
    return new Fault(
        endpoint.toString(),
        "Access action",
        action,
        "is never allowed by the policy",
        "grant it to someone, or correct its name");
  }
}
