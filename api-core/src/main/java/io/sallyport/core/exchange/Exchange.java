package io.sallyport.core.exchange;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.caller.ClientAddress;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Route;
import io.sallyport.core.problem.Problem;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The record of one request, from the first filter to the last byte: id, endpoint, caller, client
 * address, and the trail of verdicts.
 *
 * <p>The access log, the metrics, the error id of a problem response and the audit log all read it.
 * Detail stays on the server; a client sees only {@link #id}. Used by one thread at a time: a
 * container that hands a request to another thread also hands over what was written here.
 */
public final class Exchange {
  /** The most verdicts kept; later ones are counted and dropped, so a loop cannot fill memory. */
  public static final int MAX_VERDICTS = 64;

  private static final String ATTRIBUTE = Exchange.class.getName();

  private final String id;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final String method;
  private final List<Verdict> trail = new ArrayList<>(12);
  private ClientAddress clientAddress;
  private @Nullable Route route;
  // Kept as they are handed out: every guard asks for them.
  private Optional<Route.Matched> match = Optional.empty();
  private Optional<Endpoint> endpoint = Optional.empty();
  private Optional<Caller> caller = Optional.empty();
  private @Nullable Problem problem;
  private @Nullable Throwable failure;
  private int droppedVerdicts;

  private Exchange(String method, ClientAddress clientAddress, LongSupplier nanoTime) {
    this.id = newId();
    this.method = method;
    this.clientAddress = clientAddress;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  /**
   * The exchange of {@code request}.
   *
   * @throws IllegalStateException if no Sallyport filter has seen the request
   */
  public static Exchange of(ServletRequest request) {
    return find(request)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no exchange: map an ApiFilterChain or an ApiFilter in front of this servlet"));
  }

  /** The exchange of {@code request}, if a Sallyport filter has seen it. */
  public static Optional<Exchange> find(ServletRequest request) {
    return Optional.ofNullable((Exchange) request.getAttribute(ATTRIBUTE));
  }

  /** The exchange of {@code request}, begun now if there is none. */
  public static Exchange begin(HttpServletRequest request, LongSupplier nanoTime) {
    Exchange exchange = (Exchange) request.getAttribute(ATTRIBUTE);
    if (exchange == null) {
      ClientAddress peer = ClientAddress.ofPeer(request.getRemoteAddr());
      exchange = new Exchange(request.getMethod(), peer, requireNonNull(nanoTime, "nanoTime"));
      request.setAttribute(ATTRIBUTE, exchange);
    }
    return exchange;
  }

  /**
   * The id of this request, 32 hexadecimal digits: the error id of a problem response, the
   * correlation id of the logs. Unique, not secret.
   */
  public String id() {
    return id;
  }

  /** The request method. */
  public String method() {
    return method;
  }

  /** A reading of the nanosecond clock of this exchange. */
  public long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** Nanoseconds since this exchange began. */
  public long elapsedNanos() {
    return nanoTime.getAsLong() - startedAt;
  }

  /** Where the request leads, once that is decided. */
  public Optional<Route> route() {
    return Optional.ofNullable(route);
  }

  /**
   * Decides where the request leads, once.
   *
   * @throws IllegalStateException if that is decided already
   */
  public void route(Route decided) {
    if (route != null) {
      throw new IllegalStateException("the route is decided once, and was " + route);
    }
    route = requireNonNull(decided, "decided");
    if (decided instanceof Route.Matched matched) {
      match = Optional.of(matched);
      endpoint = Optional.of(matched.endpoint());
    }
  }

  /** The matched endpoint and its path variables; empty before, and for what is not declared. */
  public Optional<Route.Matched> match() {
    return match;
  }

  /** The matched endpoint; empty before, and for what is not declared. */
  public Optional<Endpoint> endpoint() {
    return endpoint;
  }

  /** The template of the matched resource, {@code -} where there is none. Bounded in number. */
  public String template() {
    return route == null ? "-" : route.template();
  }

  /** Who was authenticated; empty for an anonymous request. */
  public Optional<Caller> caller() {
    return caller;
  }

  /** Records who was authenticated, and makes {@link Caller#of} find it. */
  public void authenticated(Caller verified, HttpServletRequest request) {
    caller = Optional.of(verified);
    verified.bindTo(request);
  }

  /** The client's address: the peer's, unless a trusted proxy spoke for another. */
  public ClientAddress clientAddress() {
    return clientAddress;
  }

  /** Records the address for which a trusted proxy spoke. */
  public void clientAddress(ClientAddress address) {
    clientAddress = requireNonNull(address, "address");
  }

  /** Adds a verdict to the trail. */
  public void add(Verdict verdict) {
    if (trail.size() < MAX_VERDICTS) {
      trail.add(verdict);
    } else {
      droppedVerdicts++;
    }
  }

  /** The verdicts so far, in order; a read-only view. */
  public List<Verdict> trail() {
    return Collections.unmodifiableList(trail);
  }

  /** How many verdicts did not fit. */
  public int droppedVerdicts() {
    return droppedVerdicts;
  }

  /** The problem with which the request was answered, if it was. */
  public Optional<Problem> problem() {
    return Optional.ofNullable(problem);
  }

  /** What was thrown, for the logs only; empty for an ordinary refusal. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Records the problem with which the request is answered, and what caused it. */
  public void answeredWith(Problem answer, @Nullable Throwable cause) {
    problem = requireNonNull(answer, "answer");
    failure = cause;
  }

  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
