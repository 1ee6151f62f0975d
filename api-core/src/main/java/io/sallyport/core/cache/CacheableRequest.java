package io.sallyport.core.cache;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.exchange.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as the handler sees it whose answer is to be kept: without the conditions and ranges of
 * the client that happened to ask, since the answer is for others too; and without the fields by
 * which a client could poison it, unless they are declared as ones that the answer depends on.
 */
final class CacheableRequest extends HttpServletRequestWrapper {
  // Longer ones are answered by the handler: a key is memory that the client chooses.
  private static final int MAX_KEY_LENGTH = 8192;
  private static final Set<String> OF_ONE_CLIENT =
      Set.of(
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-range",
          "range");

  // What proxies and frameworks take another address or method from. Not in the key, and a handler
  // that used it would let one client choose the answer of the others.
  private static final List<String> MISLEADING =
      List.of(
          "forwarded",
          "x-forwarded-",
          "x-host",
          "x-original-",
          "x-rewrite-",
          "x-http-method",
          "x-method-override");

  private final List<String> vary;

  CacheableRequest(HttpServletRequest request, ResponseCache cache) {
    super(request);
    this.vary = cache.vary();
  }

  /** The key of {@code request}; empty if its answer must not come from the cache. */
  static Optional<ResponseKey> key(
      ResponseCache cache,
      Endpoint endpoint,
      Exchange exchange,
      HttpServletRequest request,
      Function<Caller, String> tenant) {
    // A guard that says "*" chose by something that no key can hold.
    if (hasBody(request)
        || isUnknownCaller(cache, exchange, request)
        || cache.vary().contains("*")) {
      return Optional.empty();
    }
    List<String> vary = new ArrayList<>(cache.vary().size());
    for (String name : cache.vary()) {
      vary.add(Collections.list(request.getHeaders(name)).toString());
    }
    String query =
        request.getQueryString() == null
            ? ""
            : "?" + ResponseKey.canonical(request.getQueryString());
    ResponseKey key =
        new ResponseKey(
            endpoint.id(),
            request.getMethod(),
            request.getScheme() + "://" + request.getHeader("Host"),
            request.getRequestURI(),
            query,
            vary,
            cache.shared() ? "" : identity(exchange, tenant));
    return key.length() > MAX_KEY_LENGTH ? Optional.empty() : Optional.of(key);
  }

  // A handler may read the body of a GET, and it is not in the key.
  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  // Credentials that no guard of ours has read may mean something to the handler.
  private static boolean isUnknownCaller(
      ResponseCache cache, Exchange exchange, HttpServletRequest request) {
    return !cache.shared() && exchange.caller().isEmpty() && hasCredentials(request);
  }

  /** Whether {@code request} says, in whatever way, who it comes from. */
  static boolean isAuthenticated(Exchange exchange, HttpServletRequest request) {
    return exchange.caller().isPresent() || hasCredentials(request);
  }

  private static boolean hasCredentials(HttpServletRequest request) {
    return request.getHeader("Authorization") != null || request.getHeader("Cookie") != null;
  }

  private static String identity(Exchange exchange, Function<Caller, String> tenant) {
    return exchange.caller().map(caller -> identity(caller, tenant.apply(caller))).orElse("");
  }

  // Each part with its length, so that no two callers share a key by the choice of their names.
  private static String identity(Caller caller, String tenant) {
    StringBuilder text = new StringBuilder();
    text.append(tenant.length()).append(':').append(tenant);
    for (String role : new TreeSet<>(caller.roles())) {
      text.append(role.length()).append(':').append(role);
    }
    return text.append('/').append(caller.key()).toString();
  }

  private boolean isHidden(String name) {
    String field = name.toLowerCase(Locale.ROOT);
    return OF_ONE_CLIENT.contains(field)
        || (MISLEADING.stream().anyMatch(field::startsWith) && !vary.contains(field));
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(this::isHidden);
    return Collections.enumeration(names);
  }

  @Override
  public long getDateHeader(String name) {
    return isHidden(name) ? -1 : super.getDateHeader(name);
  }
}
