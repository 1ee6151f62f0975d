package io.sallyport.core.expand;

import io.sallyport.core.body.QueryString;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a request pass when what it asks to expand is declared by {@link Expand} and within its
 * limits; 400 with every violation otherwise. Hands on the {@link Expansion}.
 *
 * <p>Give it to the chain after a {@code ValidationFilter}, which refuses parameters that nobody
 * declares, and reports what is wrong with {@code expand} together with the others.
 */
public final class ExpandFilter extends Guard {
  /** Checks what {@code endpoints} declare. */
  public ExpandFilter(Endpoints endpoints) {
    super(endpoints);
  }

  @Override
  public Stage stage() {
    return Stage.VALIDATE;
  }

  @Override
  public String name() {
    return "expand";
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(Expand.class);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    Optional<Expand> expand = exchange.endpoint().flatMap(endpoint -> endpoint.facet(Expand.class));
    if (expand.isEmpty()) {
      return Decision.pass().because("undeclared");
    }
    List<Violation> violations = new ArrayList<>();
    // Bound before anything is refused, and empty then: in shadow the handler runs all the same.
    expand.get().read(List.of(), violations).bindTo(request);
    List<String> texts =
        QueryString.parse(request.getQueryString()).getOrDefault("expand", List.of());
    expand.get().read(texts, violations).bindTo(request);
    return violations.isEmpty()
        ? Decision.pass()
        : Decision.refuse(Problem.of(ProblemType.INVALID_PARAMETERS).violations(violations));
  }
}
