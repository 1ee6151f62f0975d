package io.sallyport.core.caching;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;

/** Believes {@code X-Caller: tenant/subject/role}, and refuses those who are called mallory. */
final class CallerGuard extends Guard {
  @Override
  public Stage stage() {
    return Stage.AUTHORIZE;
  }

  @Override
  public String name() {
    return "caller";
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    String header = request.getHeader("X-Caller");
    if (header == null) {
      return Decision.pass();
    }
    String[] parts = header.split("/", -1);
    Caller caller =
        new Caller(
            parts[1],
            "issuer",
            parts.length > 2 ? Set.of(parts[2]) : Set.of(),
            Map.of("tenant", parts[0]));
    exchange.authenticated(caller, request);
    return parts[1].equals("mallory")
        ? Decision.refuse(Problem.of(ProblemType.FORBIDDEN))
        : Decision.pass();
  }
}
