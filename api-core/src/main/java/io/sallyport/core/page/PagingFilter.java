package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.QueryString;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a request pass when the page that it asks for is one that it may have: {@code limit} and
 * {@code sort} within what {@link Paging} declares (400 otherwise), and a {@code cursor} that was
 * made here, for this caller, in this list (400 {@code invalid-cursor} otherwise, whatever the
 * cause; the verdict has the reason).
 *
 * <p>Give it to the chain after a {@code ValidationFilter}, so that the violations of all
 * parameters are reported together, and after authentication: a cursor is bound to the caller that
 * is known by then.
 */
public final class PagingFilter extends Guard {
  private final PageReader reader;

  /**
   * Reads the pages that {@code endpoints} declare.
   *
   * @param callerAttributes attributes of the caller to which a cursor is bound besides the caller
   *     itself, such as a tenant that one caller may change; strings, numbers and booleans
   */
  public PagingFilter(Endpoints endpoints, Cursors cursors, String... callerAttributes) {
    super(endpoints);
    this.reader = new PageReader(requireNonNull(cursors, "cursors"), List.of(callerAttributes));
  }

  @Override
  public Stage stage() {
    return Stage.VALIDATE;
  }

  @Override
  public String name() {
    return "paging";
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(Paging.class);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    Optional<Route.Matched> match = exchange.match();
    Optional<Paging> paging = match.flatMap(found -> found.endpoint().facet(Paging.class));
    if (match.isEmpty() || paging.isEmpty()) {
      return Decision.pass().because("undeclared");
    }
    try {
      RequestedPage page =
          reader.read(
              paging.get(),
              match.get().endpoint(),
              PageReader.pathValues(match.get()),
              request.getRequestURI(),
              QueryString.parse(request.getQueryString()),
              exchange.caller());
      new PageRequest(page).bindTo(request);
      return Decision.pass();
    } catch (InvalidCursorException e) {
      return Decision.refuse(InvalidCursorException.PROBLEM).because(e.reason().code());
    }
  }
}
