package io.sallyport.core.filter;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Finds the endpoint of a request: 400 for a path that can be read in two ways, 404 for what is not
 * declared, 405 with {@code Allow} for a wrong method. Answers {@code OPTIONS} on declared
 * resources.
 *
 * <p>Decides once; every later guard reads the same route from the exchange.
 */
public final class RouteFilter extends Guard implements Described {
  private final Endpoints table;

  /** Routes by {@code endpoints}. */
  public RouteFilter(Endpoints endpoints) {
    super(endpoints);
    this.table = endpoints;
  }

  @Override
  public Stage stage() {
    return Stage.ROUTE;
  }

  @Override
  public String name() {
    return "route";
  }

  @Override
  public void describe(OperationDescription operation) {
    operation.refuses(ProblemType.MALFORMED_PATH);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    return Routing.decide(table, exchange, request);
  }
}
