package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.RereadableRequest;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.filter.ProblemFilter;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemResponse;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a request with an {@code Idempotency-Key} once, and answers its repetitions with the first
 * answer, byte for byte: draft-ietf-httpapi-idempotency-key-header-07.
 *
 * <p>Answers 400 where the key is missing or not well-formed, 409 while the first request runs or
 * where nobody knows what became of it, 422 where the key came with another request, 503 where the
 * store cannot tell. Refusals by guards before it, and refusals by the handler, use up no key.
 *
 * <p>Map it after authentication and validation. Nothing of a response leaves before its record is
 * stored; flushing early does not change that.
 */
public final class IdempotencyFilter extends ApiFilter {
  /** The request field that carries the key. */
  public static final String KEY = "Idempotency-Key";

  /** The response field that marks a replay, with the value {@code true}. */
  public static final String REPLAYED = "Idempotency-Replayed";

  /** The response field that names the operation of a problem, a String of RFC 9651. */
  public static final String OPERATION = "Idempotency-Operation";

  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
  private static final Problem TOO_LARGE = Problem.of(ProblemType.CONTENT_TOO_LARGE);
  private static final Problem UNREADABLE =
      Problem.of(ProblemType.BAD_REQUEST).detail("The body could not be read.");

  private final Endpoints table;
  private final IdempotencyRecords records;
  private final RequestIdentity identity;
  private final ProblemFilter problems;
  private final @Nullable Function<Connection, ExpiringStore> joining;

  private IdempotencyFilter(Builder builder) {
    this.table = builder.endpoints;
    this.records = builder.records;
    this.identity = new RequestIdentity(builder.attributes);
    this.problems = builder.problems;
    this.joining = builder.joining;
  }

  /** Begins a filter that enforces {@link Idempotency} on {@code endpoints}. */
  public static Builder of(Endpoints endpoints, IdempotencyRecords records) {
    return new Builder(endpoints, records);
  }

  @Override
  public Stage stage() {
    return Stage.REPLAY;
  }

  @Override
  public String name() {
    return "idempotency";
  }

  @Override
  public Optional<Endpoints> endpoints() {
    return Optional.of(table);
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(Idempotency.class);
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (Endpoint endpoint : table.all()) {
      boolean joins =
          endpoint
              .facet(Idempotency.class)
              .map(found -> found.terms().inTransaction())
              .orElse(false);
      if (joins && joining == null) {
        faults.add(
            new Fault(
                endpoint.toString(),
                "Idempotency inTransaction",
                "",
                "needs a store that can join the transaction of a connection",
                "say IdempotencyFilter.of(...).joining(store::in), with a JdbcExpiringStore"));
      }
    }
    return faults;
  }

  @Override
  protected boolean runsAgainOn(DispatcherType type) {
    return type == DispatcherType.ASYNC;
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      resume(request, response, chain);
      return;
    }
    if (!isRouted(exchange, request, response)) {
      return;
    }
    Optional<Route.Matched> match = exchange.match();
    Optional<Idempotency> facet = match.flatMap(found -> found.endpoint().facet(Idempotency.class));
    if (match.isEmpty() || facet.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    long start = exchange.nanoTime();
    List<String> lines = Collections.list(request.getHeaders(KEY));
    if (lines.isEmpty() && !facet.get().isRequired()) {
      record(exchange, Outcome.PASSED, "no-key", start);
      chain.doFilter(request, response);
      return;
    }
    JudgedRequest judged = admit(exchange, request, match.get(), facet.get(), lines);
    Problem problem = judged.problem();
    StoredResponse replay = judged.replay();
    if (problem != null) {
      Outcome outcome = problem.status() == 503 ? Outcome.FAILED : Outcome.REFUSED;
      record(exchange, outcome, problem.type().code(), start);
      exchange.answeredWith(problem, null);
      ProblemResponse.write(response, problem, exchange.id());
    } else if (replay != null) {
      record(exchange, Outcome.ANSWERED, "replayed", start);
      ReplayResponse.replay(response, replay);
    } else {
      record(exchange, Outcome.PASSED, "claimed", start);
      run(exchange, judged, facet.get(), response, chain);
    }
  }

  private void record(Exchange exchange, Outcome outcome, String reason, long start) {
    long nanos = exchange.nanoTime() - start;
    exchange.add(new Verdict(stage(), name(), outcome, reason, nanos));
  }

  private JudgedRequest admit(
      Exchange exchange,
      HttpServletRequest request,
      Route.Matched match,
      Idempotency facet,
      List<String> lines) {
    if (lines.isEmpty()) {
      return JudgedRequest.refused(IdempotencyProblems.MISSING);
    }
    Optional<IdempotencyKey> key = IdempotencyKey.parse(lines, facet.allowsBareKeys());
    if (key.isEmpty()) {
      return JudgedRequest.refused(
          facet.allowsBareKeys() ? IdempotencyProblems.INVALID_BARE : IdempotencyProblems.INVALID);
    }
    // Without somebody to whom a key belongs, one client could fetch the answer of another.
    if (exchange.caller().isEmpty() && !facet.allowsAnonymousCallers()) {
      return JudgedRequest.refused(IdempotencyProblems.ANONYMOUS);
    }
    byte[] body = {};
    HttpServletRequest next = request;
    if (facet.comparesBody()) {
      RereadableRequest read;
      try {
        read = RereadableRequest.read(request, facet.maxRequestBytes());
      } catch (ProblemException e) {
        return JudgedRequest.refused(e.problem());
      } catch (IOException | RuntimeException e) {
        // A client that was too slow, sent a broken chunk or went away; containers throw both.
        LOG.debug("a body could not be read, exchange {}", exchange.id(), e);
        return JudgedRequest.refused(UNREADABLE);
      }
      if (!read.isComplete()) {
        return JudgedRequest.refused(TOO_LARGE);
      }
      body = read.bytes();
      next = read.request();
    }
    OperationId operation = identity.operation(exchange, match.endpoint(), key.get());
    Fingerprint fingerprint = fingerprint(request, match, facet, body);
    return claim(exchange, next, facet, operation, fingerprint);
  }

  private static Fingerprint fingerprint(
      HttpServletRequest request, Route.Matched match, Idempotency facet, byte[] body) {
    return RequestIdentity.fingerprint(
        match.path().segments(),
        Optional.ofNullable(request.getQueryString()),
        name -> Collections.list(request.getHeaders(name)),
        facet.comparedFields(),
        body);
  }

  private JudgedRequest claim(
      Exchange exchange,
      HttpServletRequest next,
      Idempotency facet,
      OperationId operation,
      Fingerprint fingerprint) {
    Claim claim;
    try {
      claim = records.claim(operation, fingerprint, facet.terms(), exchange.id());
    } catch (StoreUnavailableException | UnreadableRecordException e) {
      // Not known whether it was done: to run it could repeat an effect.
      LOG.error("operation {} cannot be claimed, exchange {}", operation, exchange.id(), e);
      return JudgedRequest.refused(IdempotencyProblems.UNAVAILABLE);
    }
    if (claim instanceof Claim.Granted granted) {
      return new JudgedRequest(null, null, granted.lease(), next);
    } else if (claim instanceof Claim.Done done) {
      return new JudgedRequest(null, done.response(), null, next);
    } else if (claim instanceof Claim.Doubtful doubtful) {
      LOG.warn(
          "operation {} of exchange {} is uncertain; reconcile it",
          operation,
          doubtful.exchangeId());
    }
    return JudgedRequest.refused(
        IdempotencyProblems.of(claim, operation, facet.answersMismatchWith400()));
  }

  private void run(
      Exchange exchange,
      JudgedRequest judged,
      Idempotency facet,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Lease lease = requireNonNull(judged.lease());
    boolean transaction = facet.terms().inTransaction();
    CapturingResponse captured =
        new CapturingResponse(response, exchange, facet.maxResponseBytes(), !transaction);
    OperationListener operation =
        new OperationListener(
            records, lease, exchange, problems, captured, facet.maxResponseBytes());
    HttpServletRequest next =
        new CapturedRequestWrapper(requireNonNull(judged.next()), operation, response);
    new IdempotentRequest(operation, this::joined).bindTo(next);
    follow(operation, next, captured, chain);
  }

  private ExpiringStore joined(Connection connection) {
    if (joining == null) {
      throw new IllegalStateException("no store that joins transactions; say .joining(store::in)");
    }
    return joining.apply(connection);
  }

  // The request of an async dispatch is the captured one, by the context that dispatched it.
  private static void resume(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<IdempotentRequest> operation = IdempotentRequest.find(request);
    if (operation.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    OperationListener listener = operation.get().listener();
    listener.dispatchBegins();
    follow(listener, request, listener.handlersResponse(), chain);
  }

  private static void follow(
      OperationListener operation,
      HttpServletRequest request,
      ServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      if (operation.fail(e)) {
        return;
      }
      throw e;
    }
    operation.dispatchEnded();
  }

  /** What is to be done with a request: refuse it, answer it again, or run it under a lease. */
  private record JudgedRequest(
      @Nullable Problem problem,
      @Nullable StoredResponse replay,
      @Nullable Lease lease,
      @Nullable HttpServletRequest next) {
    static JudgedRequest refused(Problem problem) {
      return new JudgedRequest(problem, null, null, null);
    }
  }

  /** Collects what a filter needs. Not safe for concurrent use. */
  public static final class Builder {
    private final Endpoints endpoints;
    private final IdempotencyRecords records;
    private final List<String> attributes = new ArrayList<>();
    private ProblemFilter problems = new ProblemFilter();
    private @Nullable Function<Connection, ExpiringStore> joining;

    private Builder(Endpoints endpoints, IdempotencyRecords records) {
      this.endpoints = requireNonNull(endpoints, "endpoints");
      this.records = requireNonNull(records, "records");
    }

    /**
     * Joins the transactions of handlers with {@code store}, {@code JdbcExpiringStore::in}: a view
     * of the store of the records on a connection.
     */
    public Builder joining(Function<Connection, ExpiringStore> store) {
      joining = requireNonNull(store, "store");
      return this;
    }

    /**
     * Reads exceptions as {@code filter} does, the one of the chain, so that what it answers as a
     * refusal uses up no key. What is not known is taken for a failure halfway.
     */
    public Builder problems(ProblemFilter filter) {
      problems = requireNonNull(filter, "filter");
      return this;
    }

    /**
     * Makes keys belong to the caller's attribute {@code name} as well, a tenant for example: where
     * one subject acts for several, none of them must see the answers of another.
     */
    public Builder scopedBy(String name) {
      attributes.add(requireNonNull(name, "name"));
      return this;
    }

    /** The filter; its faults are reported with those of the chain. */
    public IdempotencyFilter build() {
      return new IdempotencyFilter(this);
    }
  }
}
