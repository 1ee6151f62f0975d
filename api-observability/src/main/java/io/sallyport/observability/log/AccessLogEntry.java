package io.sallyport.observability.log;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the access log tells of one request. Immutable.
 *
 * <p>Holds the template of the path and neither the path nor the query: both may carry secrets and
 * personal data, and a client can make up as many as it likes.
 *
 * @param time when the request came
 * @param id the id of the exchange, which {@code X-Request-Id} and a problem tell the client
 * @param method a standard method, {@code OTHER} for any other
 * @param route the template of the resource, {@code -} where there is none
 * @param endpoint the id of the endpoint, empty where none matched
 * @param status the status of the answer; that of the problem where the answer was broken off
 * @param durationNanos from the first filter to the last byte, in nanoseconds
 * @param caller the subject of the caller, empty for an anonymous request; at most 256 characters
 * @param issuer who vouches for the caller; at most 256 characters
 * @param clientAddress the address of the client, in numeric form
 * @param problem the code of the problem with which the request was answered, if it was
 * @param verdicts what each guard said, in order, where the request was answered with a problem;
 *     else only what was not a plain pass, such as a guard in shadow that would have refused; at
 *     most {@link Exchange#MAX_VERDICTS}
 * @param droppedVerdicts how many verdicts did not fit
 */
public record AccessLogEntry(
    Instant time,
    String id,
    String method,
    String route,
    Optional<String> endpoint,
    int status,
    long durationNanos,
    Optional<String> caller,
    Optional<String> issuer,
    String clientAddress,
    Optional<String> problem,
    List<Verdict> verdicts,
    int droppedVerdicts) {
  private static final int MAX_NAME_LENGTH = 256;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  public AccessLogEntry {
    requireNonNull(time, "time");
    requireNonNull(id, "id");
    requireNonNull(route, "route");
    requireNonNull(endpoint, "endpoint");
    requireNonNull(clientAddress, "clientAddress");
    requireNonNull(problem, "problem");
    // A method is any token of any length: as it came, it would be the client's own words.
    method = METHODS.contains(requireNonNull(method, "method")) ? method : "OTHER";
    caller = caller.map(AccessLogEntry::cut);
    issuer = issuer.map(AccessLogEntry::cut);
    verdicts = List.copyOf(verdicts);
  }

  /** What there is to tell of {@code exchange}, answered with {@code status}. */
  static AccessLogEntry of(Exchange exchange, Instant time, int status) {
    return new AccessLogEntry(
        time,
        exchange.id(),
        exchange.method(),
        exchange.template(),
        exchange.endpoint().map(Endpoint::id),
        status,
        exchange.elapsedNanos(),
        exchange.caller().map(Caller::subject),
        exchange.caller().map(Caller::issuer),
        exchange.clientAddress().text(),
        exchange.problem().map(problem -> problem.type().code()),
        worthTelling(exchange),
        exchange.droppedVerdicts());
  }

  // Ten lines of "passed" for each request that nothing happened to would bury the others.
  private static List<Verdict> worthTelling(Exchange exchange) {
    List<Verdict> trail = exchange.trail();
    if (exchange.problem().isPresent()) {
      return trail;
    }
    List<Verdict> others = List.of();
    for (Verdict verdict : trail) {
      if (verdict.outcome() != Verdict.Outcome.PASSED) {
        others = others.isEmpty() ? new ArrayList<>() : others;
        others.add(verdict);
      }
    }
    return others;
  }

  private static String cut(String name) {
    return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH);
  }
}
