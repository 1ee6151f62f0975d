package io.sallyport.examples.reference.api;

import io.sallyport.core.body.ValidationFilter;
import io.sallyport.core.cache.ConditionalFilter;
import io.sallyport.core.cache.ResponseCacheFilter;
import io.sallyport.core.caller.TrustedProxies;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.expand.ExpandFilter;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.ClientAddressFilter;
import io.sallyport.core.filter.ProblemFilter;
import io.sallyport.core.idempotency.IdempotencyFilter;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.openapi.OpenApiEndpoints;
import io.sallyport.core.page.CursorKey;
import io.sallyport.core.page.Cursors;
import io.sallyport.core.page.PagingFilter;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.version.InMemoryVersionUsage;
import io.sallyport.core.version.VersionFilter;
import io.sallyport.core.version.VersionUsageFilter;
import io.sallyport.examples.reference.application.CustomerService;
import io.sallyport.examples.reference.application.InvoiceService;
import io.sallyport.examples.reference.application.ProductService;
import io.sallyport.examples.reference.application.ReportService;
import io.sallyport.examples.reference.config.ServerConfig;
import io.sallyport.examples.reference.config.TokenSource;
import io.sallyport.examples.reference.documentation.BillingDocumentation;
import io.sallyport.observability.log.AccessLogFilter;
import io.sallyport.observability.log.AccessLogSink;
import io.sallyport.ratelimit.limit.AddressRateLimitFilter;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimitFilter;
import io.sallyport.ratelimit.limit.RateLimiter;
import io.sallyport.security.policy.AuthorizationFilter;
import io.sallyport.security.token.BearerTokenFilter;
import io.sallyport.security.token.CachingTokenValidator;
import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.RemoteKeys;
import io.sallyport.security.token.VerificationKeys;
import io.sallyport.security.transport.SecurityHeaders;
import io.sallyport.security.transport.SecurityHeadersFilter;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The whole API as one filter: the endpoints with their handlers, behind their guards. */
public final class BillingApi {
  /** Versions, endpoints and callers that are counted apart. */
  private static final int MOST_USES = 10_000;

  private final ApiFilterChain filter;
  private final InMemoryVersionUsage usage;
  private final SecurityHeaders headers;

  private BillingApi(ApiFilterChain filter, InMemoryVersionUsage usage, SecurityHeaders headers) {
    this.filter = filter;
    this.usage = usage;
    this.headers = headers;
  }

  /** The use cases that the API offers. */
  public record UseCases(
      CustomerService customers,
      ProductService products,
      InvoiceService invoices,
      ReportService reports) {}

  /**
   * Puts the API together.
   *
   * @param store keeps idempotency keys, in the database of the use cases: theirs commit together
   * @throws io.sallyport.core.endpoint.StartupException if the declarations have faults
   */
  public static BillingApi of(
      UseCases useCases,
      TokenSource.External tokens,
      JdbcExpiringStore store,
      ServerConfig config,
      InstantSource clock) {
    OpenApiEndpoints documentation = BillingDocumentation.endpoints();
    Endpoints endpoints =
        BillingEndpoints.table(
            new CustomerHandlers(useCases.customers()),
            new ProductHandlers(useCases.products()),
            new InvoiceHandlers(
                useCases.invoices(),
                new InvoiceRelations(useCases.customers(), useCases.products())),
            new ReportHandlers(useCases.reports()),
            config.limits().perCaller(),
            documentation);
    // A developer's other services on localhost speak plain HTTP, and HSTS would shut them out.
    SecurityHeaders headers =
        config.development() ? SecurityHeaders.withoutHsts() : SecurityHeaders.strict();
    Quota perAddress = new Quota("address", config.limits().perAddress(), Duration.ofMinutes(1));
    TrustedProxies proxies =
        TrustedProxies.xForwardedFor(config.trustedProxies().toArray(String[]::new));
    ProblemFilter problems = new ProblemFilter(List.of(new StorageProblems()));
    InMemoryVersionUsage usage = new InMemoryVersionUsage(MOST_USES, clock);
    Cursors cursors =
        Cursors.of(config.cursorKey().orElseGet(CursorKey::ofThisProcess)).clock(clock);
    ApiFilterChain filter =
        ApiFilterChain.of(endpoints)
            .with(new AccessLogFilter(AccessLogSink.slf4j(), clock))
            .with(new VersionUsageFilter(endpoints, usage))
            .with(problems)
            .with(new SecurityHeadersFilter(headers))
            .with(new VersionFilter(endpoints, clock))
            .with(new ClientAddressFilter(proxies))
            .with(new AddressRateLimitFilter(RateLimiter.inMemory(), perAddress))
            .with(bearerTokens(tokens, config.development(), clock))
            .with(new RateLimitFilter(endpoints, RateLimiter.inMemory()))
            .with(new AuthorizationFilter(endpoints, BillingEndpoints.policy()))
            .with(new ValidationFilter(endpoints))
            .with(new PagingFilter(endpoints, cursors, "tenant"))
            .with(new ExpandFilter(endpoints))
            .with(idempotency(endpoints, store, problems, clock))
            .with(new ConditionalFilter(endpoints))
            .with(ResponseCacheFilter.of(endpoints).build())
            .build();
    BillingDocumentation.publish(documentation, endpoints, filter);
    return new BillingApi(filter, usage, headers);
  }

  /** To be mapped to every path and every dispatcher type, with async support. */
  public Filter filter() {
    return filter;
  }

  /** Who has called which version since the start of this process. */
  public List<InMemoryVersionUsage.Use> versionUses() {
    return usage.uses();
  }

  /** What is on each response, for those that the container writes before any filter runs. */
  public List<HeaderField> securityHeaders() {
    return headers.fields(true);
  }

  // The answers that it keeps are not encrypted: they lie beside the invoices that they show.
  private static IdempotencyFilter idempotency(
      Endpoints endpoints, JdbcExpiringStore store, ProblemFilter problems, InstantSource clock) {
    return IdempotencyFilter.of(endpoints, new IdempotencyRecords(store, clock))
        .joining(store::in)
        .scopedBy("tenant")
        .problems(problems)
        .build();
  }

  private static BearerTokenFilter bearerTokens(
      TokenSource.External tokens, boolean development, InstantSource clock) {
    VerificationKeys keys =
        development
            ? RemoteKeys.allowingPlainHttp(tokens.jwks(), System::nanoTime)
            : RemoteKeys.at(tokens.jwks());
    return new BearerTokenFilter(
        new CachingTokenValidator(
            JwtValidator.expecting(tokens.issuer(), tokens.audience(), keys).clock(clock).build(),
            clock));
  }
}
