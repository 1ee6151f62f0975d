package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.sallyport.core.endpoint.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer publishes at a URL, RFC 7517, cached.
 *
 * <p>Safe for concurrent use. However many requests ask, one fetch is under way at a time, and no
 * lock is held meanwhile. Keys are refreshed in the background once they are five minutes old,
 * which is also how long a key that the issuer removed may go on working. An issuer that cannot be
 * reached does no harm until the keys are a day old. A key id that is not known causes one fetch in
 * thirty seconds at most, whatever the flood of invented ids; while the issuer cannot be reached, a
 * token under such an id is undecided rather than refused. Redirects are not followed, and a fetch
 * that takes more than five seconds or brings more than 512 KiB has failed.
 */
public final class RemoteKeys implements VerificationKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
  private static final int MAX_BYTES = 512 * 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long REFRESH_AFTER = Duration.ofMinutes(5).toNanos();
  private static final long USABLE_FOR = Duration.ofHours(24).toNanos();
  private static final long BETWEEN_FETCHES = Duration.ofSeconds(30).toNanos();
  private static final long BETWEEN_FETCHES_WITHOUT_KEYS = Duration.ofSeconds(1).toNanos();

  private final URI url;
  private final HttpRequest request;
  private final LongSupplier nanoTime;
  private final HttpClient client;
  // Read without a lock; changed under one that is never held during a fetch.
  private volatile State state = State.EMPTY;

  private RemoteKeys(URI url, LongSupplier nanoTime) {
    this.url = url;
    this.request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            // A redirect would let whoever answers choose the host that we trust.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * The keys at {@code url}.
   *
   * @throws IllegalArgumentException if {@code url} is not an absolute https URL
   */
  public static RemoteKeys at(URI url) {
    return at(url, System::nanoTime);
  }

  /** As {@link #at(URI)}, with a nanosecond clock of your own. */
  public static RemoteKeys at(URI url, LongSupplier nanoTime) {
    faultOf(url)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault.toString());
            });
    return new RemoteKeys(url, nanoTime);
  }

  /**
   * The keys at a plain http URL of this machine. For development and for tests: whoever can change
   * the answer on its way can sign any token.
   *
   * @throws IllegalArgumentException if {@code url} is neither https nor at 127.0.0.1, [::1] or
   *     localhost
   */
  public static RemoteKeys allowingPlainHttp(URI url, LongSupplier nanoTime) {
    return LoopbackUrl.isPlainLoopback(url) ? new RemoteKeys(url, nanoTime) : at(url, nanoTime);
  }

  /** What is wrong with {@code url} as the address of keys; empty when nothing is. */
  public static Optional<Fault> faultOf(URI url) {
    if (LoopbackUrl.isHttps(url)) {
      return Optional.empty();
    }
    return Optional.of(
        new Fault(
            "key set",
            "url",
            url.toString(),
            "must be an absolute https URL",
            "use https; for keys at 127.0.0.1, [::1] or localhost on a developer's machine, say"
                + " RemoteKeys.allowingPlainHttp(...)"));
  }

  @Override
  public List<JWK> find(Optional<String> keyId) {
    State known = current();
    UsableKeys keys = known.keys();
    if (keys == null) {
      throw new TokenValidatorUnavailableException("the keys at " + url + " cannot be had");
    }
    List<JWK> found = keys.find(keyId);
    if (!found.isEmpty()) {
      return found;
    }
    State latest = mayFetch(known) || known.fetching() != null ? fetchNow() : known;
    UsableKeys fetched = latest.keys();
    List<JWK> fresh = fetched == null ? found : fetched.find(keyId);
    if (fresh.isEmpty() && latest.failing()) {
      // The issuer may have begun to sign with a key that we could not fetch.
      throw new TokenValidatorUnavailableException("the keys at " + url + " cannot be refreshed");
    }
    return fresh;
  }

  /** The keys in hand; fetched first where there are none, or none that may still be used. */
  @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a refresh ahead of time.
  private State current() {
    State known = state;
    long age = nanoTime.getAsLong() - known.fetchedAt();
    if (known.keys() == null || age >= USABLE_FOR) {
      State fetched = mayFetch(known) || known.fetching() != null ? fetchNow() : known;
      long fetchedAge = nanoTime.getAsLong() - fetched.fetchedAt();
      return fetched.keys() != null && fetchedAge < USABLE_FOR ? fetched : State.EMPTY;
    }
    if (age >= REFRESH_AFTER && mayFetch(known)) {
      fetch();
    }
    return known;
  }

  private boolean mayFetch(State known) {
    long pause = known.keys() == null ? BETWEEN_FETCHES_WITHOUT_KEYS : BETWEEN_FETCHES;
    return known.fetching() == null
        && (!known.tried() || nanoTime.getAsLong() - known.triedAt() >= pause);
  }

  private State fetchNow() {
    try {
      return fetch().join();
    } catch (CompletionException e) {
      return state;
    }
  }

  /** The fetch that is under way, begun now if there is none and one is due. */
  @SuppressWarnings("FutureReturnValueIgnored") // Its outcome arrives through finish.
  private CompletableFuture<State> fetch() {
    CompletableFuture<State> mine = new CompletableFuture<>();
    synchronized (this) {
      CompletableFuture<State> running = state.fetching();
      if (running != null) {
        return running;
      }
      if (!mayFetch(state)) {
        return CompletableFuture.completedFuture(state);
      }
      state = state.fetching(mine, nanoTime.getAsLong());
    }
    // Whoever waits, waits for mine, which is completed whatever happens.
    send().handle((keys, failure) -> mine.complete(finish(keys, failure)));
    return mine;
  }

  private synchronized State finish(@Nullable UsableKeys keys, @Nullable Throwable failure) {
    if (keys == null) {
      LOG.warn("the keys at {} could not be fetched", url, failure);
      state = state.failed();
    } else {
      state = state.fetched(keys, nanoTime.getAsLong());
    }
    return state;
  }

  private CompletableFuture<UsableKeys> send() {
    CompletableFuture<HttpResponse<byte[]>> sent;
    try {
      sent = client.sendAsync(request, RemoteKeys::bounded);
    } catch (RuntimeException e) {
      // A fetch that was never completed would be waited for, for ever.
      return CompletableFuture.failedFuture(e);
    }
    // The request's own timeout ends with the header section; a body may drip for ever.
    return sent.thenApply(RemoteKeys::read)
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((keys, failure) -> sent.cancel(true));
  }

  private static BodySubscriber<byte[]> bounded(ResponseInfo head) {
    long announced = head.headers().firstValueAsLong("Content-Length").orElse(-1);
    return new BoundedBody(MAX_BYTES, announced);
  }

  private static UsableKeys read(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new CompletionException(new IOException("status " + response.statusCode()));
    }
    try {
      UsableKeys keys =
          UsableKeys.of(JWKSet.parse(new String(response.body(), StandardCharsets.UTF_8)));
      if (keys.find(Optional.empty()).isEmpty()) {
        throw new IOException("no usable key");
      }
      return keys;
    } catch (IOException | ParseException e) {
      throw new CompletionException(e);
    }
  }

  /** What is known of the keys, and the fetch that is under way. Immutable. */
  private record State(
      @Nullable UsableKeys keys,
      long fetchedAt,
      boolean tried,
      long triedAt,
      boolean failing,
      @Nullable CompletableFuture<State> fetching) {
    static final State EMPTY = new State(null, 0, false, 0, false, null);

    State fetching(CompletableFuture<State> fetch, long now) {
      return new State(keys, fetchedAt, true, now, failing, fetch);
    }

    State fetched(UsableKeys fresh, long now) {
      return new State(fresh, now, true, triedAt, false, null);
    }

    State failed() {
      return new State(keys, fetchedAt, tried, triedAt, true, null);
    }
  }
}
