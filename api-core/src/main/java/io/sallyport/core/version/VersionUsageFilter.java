package io.sallyport.core.version;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts each request to an endpoint with versions, once it is known who called: refused requests
 * and those for a version that is gone or unknown too. What cannot be counted is logged and passes.
 */
public final class VersionUsageFilter extends ApiFilter {
  private static final Logger LOG = LoggerFactory.getLogger(VersionUsageFilter.class);

  private final Endpoints endpoints;
  private final VersionUsage usage;

  /** Counts the versions of {@code endpoints} in {@code usage}. */
  public VersionUsageFilter(Endpoints endpoints, VersionUsage usage) {
    this.endpoints = requireNonNull(endpoints, "endpoints");
    this.usage = requireNonNull(usage, "usage");
  }

  @Override
  public Stage stage() {
    return Stage.OBSERVE;
  }

  @Override
  public String name() {
    return "version-usage";
  }

  @Override
  public Optional<Endpoints> endpoints() {
    return Optional.of(endpoints);
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      // Guards run on the first dispatch, so the caller is known here for async requests as well.
      exchange
          .endpoint()
          .filter(endpoint -> endpoint.facet(Versioning.class).isPresent())
          .ifPresent(endpoint -> count(exchange, endpoint, request));
    }
  }

  private void count(Exchange exchange, Endpoint endpoint, HttpServletRequest request) {
    String version =
        VersionedRequest.find(request)
            .map(versioned -> versioned.version().name())
            .orElse(VersionUsage.UNKNOWN);
    String caller = exchange.caller().map(Caller::key).orElse(VersionUsage.ANONYMOUS);
    try {
      usage.used(version, endpoint.id(), caller);
    } catch (RuntimeException e) {
      LOG.warn("version usage was not counted, exchange {}", exchange.id(), e);
    }
  }
}
