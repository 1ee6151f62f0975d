package io.sallyport.core.cache;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.recording.RecordedResponse;
import io.sallyport.core.recording.Recording;
import io.sallyport.core.recording.RecordingResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers from memory what it has answered before: {@link ResponseCache}, RFC 9111.
 *
 * <p>The guards before it, authorization among them, have run on every hit. Of many requests that
 * miss at once, one runs the handler and the others wait for it, for a bounded time; the answer is
 * taken from the handler before the client of that one has read it, so that a slow client holds up
 * nobody. A write that may have changed something invalidates before its answer is sent.
 */
public final class ResponseCacheFilter extends ApiFilter {
  private static final int HELD_OF_A_WRITE = 64 * 1024;
  private static final Problem NOT_CACHED =
      Problem.of(ProblemType.GATEWAY_TIMEOUT).detail("There is no stored answer.");

  private final Endpoints endpoints;
  private final Function<Caller, String> tenant;
  private final StoredResponses stored;
  private final SingleFlight<ResponseKey, StoredResponses.Entry> flights;
  private final LongSupplier nanoTime;
  private final ResponseInvalidation invalidation;

  private ResponseCacheFilter(Builder builder) {
    this.endpoints = builder.endpoints;
    this.tenant = builder.tenant;
    this.nanoTime = builder.nanoTime;
    this.stored = new StoredResponses(builder.maxBytes, builder.nanoTime);
    this.flights = new SingleFlight<>(builder.patience, builder.nanoTime);
    this.invalidation = new ResponseInvalidation(builder.bus);
  }

  /** Caches what {@code endpoints} declare. */
  public static Builder of(Endpoints endpoints) {
    return new Builder(endpoints);
  }

  @Override
  public Stage stage() {
    return Stage.CACHE;
  }

  @Override
  public String name() {
    return "response-cache";
  }

  @Override
  public Optional<Endpoints> endpoints() {
    return Optional.of(endpoints);
  }

  @Override
  public Set<Class<? extends Facet>> enforces() {
    return Set.of(ResponseCache.class, Invalidates.class);
  }

  @Override
  public List<Fault> faults() {
    return InvalidationFaults.of(endpoints);
  }

  @Override
  protected boolean runsAgainOn(DispatcherType type) {
    return type == DispatcherType.ASYNC;
  }

  /** Forgets everything, for operators. */
  public void clear() {
    invalidation.clear();
  }

  /** How many bytes are kept. */
  public long bytes() {
    return stored.bytes();
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      FilterChain noting = RefusedRequest.noting(chain);
      if (!RecordingResponse.resume(ResponseCacheFilter.class, request, response, noting)) {
        chain.doFilter(request, response);
      }
      return;
    }
    if (!isRouted(exchange, request, response)) {
      return;
    }
    Optional<Endpoint> endpoint = exchange.endpoint();
    if (endpoint.isEmpty()) {
      chain.doFilter(request, response);
    } else if (!isSafe(request.getMethod())) {
      write(endpoint.get(), exchange, request, response, chain);
    } else {
      read(endpoint.get(), exchange, request, response, chain);
    }
  }

  private static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  private void write(
      Endpoint endpoint,
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    String tenantOfCaller = exchange.caller().map(tenant).orElse("");
    String path = request.getRequestURI();
    // Before the answer goes out: a client that has it must not read what was before it.
    RecordingResponse.holding(
            response,
            exchange,
            HELD_OF_A_WRITE,
            (any, held) -> {
              if (!RefusedRequest.isRefused(request, any)) {
                invalidation.written(endpoint, tenantOfCaller, path);
              }
            })
        .run(ResponseCacheFilter.class, request, RefusedRequest.noting(chain));
  }

  private void read(
      Endpoint endpoint,
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Optional<ResponseCache> facet = endpoint.facet(ResponseCache.class);
    if (facet.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    // What the guards before chose by, such as the version by Accept, tells answers apart as well.
    ResponseCache cache =
        facet
            .get()
            .forRequest(CacheableRequest.isAuthenticated(exchange, request))
            .varyingBy(fieldsOf(response.getHeaders("Vary")));
    varies(facet.get(), response);
    Optional<ResponseKey> key = CacheableRequest.key(cache, endpoint, exchange, request, tenant);
    CacheControl wish = CacheControl.parse(Collections.list(request.getHeaders("Cache-Control")));
    Optional<StoredResponses.Entry> hit = key.flatMap(k -> lookUp(k, wish));
    if (hit.isPresent()) {
      replay(cache, hit.get(), exchange, request, response, "hit");
    } else if (wish.has("only-if-cached")) {
      record(exchange, Outcome.REFUSED, "not-cached");
      throw new ProblemException(NOT_CACHED);
    } else if (key.isEmpty() || wish.has("no-store")) {
      record(exchange, Outcome.PASSED, "bypass");
      chain.doFilter(request, response);
    } else {
      compute(new Miss(cache, endpoint, key.get(), wish), exchange, request, response, chain);
    }
  }

  private static String[] fieldsOf(Collection<String> vary) {
    return vary.stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .filter(field -> !field.isEmpty())
        .distinct()
        .toArray(String[]::new);
  }

  private static void varies(ResponseCache cache, HttpServletResponse response) {
    for (String field : cache.vary()) {
      response.addHeader("Vary", field);
    }
    if (cache.sharing() != ResponseCache.Sharing.EVERYBODY) {
      // For a cache on the way, and for a browser that two people use.
      response.addHeader("Vary", "Authorization");
      response.addHeader("Vary", "Cookie");
    }
  }

  private Optional<StoredResponses.Entry> lookUp(ResponseKey key, CacheControl wish) {
    Optional<StoredResponses.Entry> found = stored.find(key.withMethod("GET"));
    if (found.isEmpty() && key.method().equals("HEAD")) {
      // A handler may answer HEAD without making a body, so that answer serves HEAD alone.
      found = stored.find(key);
    }
    return found.filter(entry -> Storability.satisfies(wish, stored.age(entry), entry.ttl()));
  }

  private record Miss(ResponseCache cache, Endpoint endpoint, ResponseKey key, CacheControl wish) {}

  private void compute(
      Miss miss,
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    // Also for no-cache: a client may ask for a new answer, and not for one computation each.
    SingleFlight.Seat<ResponseKey, StoredResponses.Entry> seat = flights.board(miss.key());
    // The flight before may have landed between the first look and the boarding.
    Optional<StoredResponses.Entry> known =
        seat.leads() ? lookUp(miss.key(), miss.wish()) : seat.brought();
    if (known.isPresent() && known.get().stamp().isCurrent()) {
      if (seat.leads()) {
        seat.land(known);
      }
      replay(miss.cache(), known.get(), exchange, request, response, "collapsed");
      return;
    }
    record(exchange, Outcome.PASSED, "miss");
    String tenantOfCaller = exchange.caller().map(tenant).orElse("");
    // Taken before the handler looks at anything.
    Generations.Stamp stamp =
        invalidation.stamp(
            miss.endpoint(), isForAllTenants(miss.endpoint()), tenantOfCaller, miss.key().path());
    // What the handler sets is told apart from this, so that its no-store is seen.
    response.setHeader("Cache-Control", miss.cache().cacheControl());
    RecordingResponse.holding(
            response,
            exchange,
            miss.cache().maxEntryBytes(),
            (recording, held) -> landed(miss, seat, stamp, recording, held, request))
        .run(ResponseCacheFilter.class, new CacheableRequest(request, miss.cache()), chain);
  }

  // Also for a caller with an answer of its own: what is the same for all is changed for all.
  private static boolean isForAllTenants(Endpoint endpoint) {
    return endpoint.facet(ResponseCache.class).map(ResponseCache::shared).orElse(false);
  }

  private void landed(
      Miss miss,
      SingleFlight.Seat<ResponseKey, StoredResponses.Entry> seat,
      Generations.Stamp stamp,
      Recording recording,
      RecordingResponse held,
      HttpServletRequest request) {
    Optional<StoredResponses.Entry> entry = Optional.empty();
    try {
      if (recording instanceof Recording.Complete whole) {
        entry =
            Storability.lifetime(miss.cache(), whole)
                .map(ttl -> entry(Tagging.tagged(whole, miss.key().method()), ttl, stamp));
        entry.ifPresent(e -> stored.put(miss.key(), e));
      }
    } finally {
      if (seat.leads()) {
        end(seat, entry, recording);
      }
    }
    if (!held.isHeld()) {
      return;
    }
    if (entry.isPresent()) {
      held.replaceBy(
          NotModified.unlessChanged(ConditionalRequest.of(request), entry.get().response()));
    } else if (!(recording instanceof Recording.Complete whole)
        || whole.values("Cache-Control").isEmpty()) {
      held.setHeader("Cache-Control", "no-store");
    }
  }

  private static void end(
      SingleFlight.Seat<ResponseKey, StoredResponses.Entry> seat,
      Optional<StoredResponses.Entry> entry,
      Recording recording) {
    boolean failed =
        recording == Recording.Incomplete.ABORTED
            || (recording instanceof Recording.Complete whole && whole.status() >= 500);
    boolean outOfDate = entry.isPresent() && !entry.get().stamp().isCurrent();
    if (failed || outOfDate) {
      // The others must not all fall upon what has just failed.
      seat.fail();
    } else {
      seat.land(entry);
    }
  }

  private StoredResponses.Entry entry(
      Recording.Complete response, Duration ttl, Generations.Stamp stamp) {
    return new StoredResponses.Entry(response, nanoTime.getAsLong(), ttl, stamp);
  }

  private void replay(
      ResponseCache cache,
      StoredResponses.Entry entry,
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      String reason)
      throws IOException {
    record(exchange, Outcome.ANSWERED, reason);
    Recording.Complete answer =
        NotModified.unlessChanged(ConditionalRequest.of(request), entry.response());
    response.setHeader("Cache-Control", cache.cacheControl());
    response.setHeader("Age", Long.toString(stored.age(entry).toSeconds()));
    RecordedResponse.write(response, answer);
  }

  private void record(Exchange exchange, Outcome outcome, String reason) {
    exchange.add(new Verdict(stage(), name(), outcome, reason, 0));
  }

  /** Bounds and surroundings of a cache. Not safe for concurrent use. */
  public static final class Builder {
    private final Endpoints endpoints;
    private Function<Caller, String> tenant = caller -> caller.text("tenant").orElse("");
    private long maxBytes = 64L * 1024 * 1024;
    private Duration patience = Duration.ofSeconds(5);
    private LongSupplier nanoTime = System::nanoTime;
    private InvalidationBus bus = InvalidationBus.none();

    private Builder(Endpoints endpoints) {
      this.endpoints = requireNonNull(endpoints, "endpoints");
    }

    /** Finds the tenant of a caller by {@code function}; by its attribute "tenant" without. */
    public Builder tenant(Function<Caller, String> function) {
      tenant = requireNonNull(function, "function");
      return this;
    }

    /** Keeps at most {@code bytes}, keys and fields included; 64 MiB without. */
    public Builder maxBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("bytes must be at least 1, was " + bytes);
      }
      maxBytes = bytes;
      return this;
    }

    /** Waits at most {@code wait} for the answer of another request; five seconds without. */
    public Builder patience(Duration wait) {
      if (wait.isNegative() || wait.isZero()) {
        throw new IllegalArgumentException("wait must be positive, was " + wait);
      }
      patience = wait;
      return this;
    }

    /** Times with {@code clock}, in nanoseconds. */
    public Builder nanoTime(LongSupplier clock) {
      nanoTime = requireNonNull(clock, "clock");
      return this;
    }

    /** Tells the other nodes what a write invalidated, and hears it from them. */
    public Builder bus(InvalidationBus shared) {
      bus = requireNonNull(shared, "shared");
      return this;
    }

    /** The filter. */
    public ResponseCacheFilter build() {
      return new ResponseCacheFilter(this);
    }
  }
}
