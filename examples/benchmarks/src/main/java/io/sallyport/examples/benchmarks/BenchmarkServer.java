package io.sallyport.examples.benchmarks;

import static io.sallyport.core.endpoint.Endpoint.get;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.observability.log.AccessLogFilter;
import io.sallyport.ratelimit.limit.AddressRateLimitFilter;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimit;
import io.sallyport.ratelimit.limit.RateLimitFilter;
import io.sallyport.ratelimit.limit.RateLimiter;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.AuthorizationFilter;
import io.sallyport.security.policy.RolePolicy;
import io.sallyport.security.token.BearerTokenFilter;
import io.sallyport.security.token.CachingTokenValidator;
import io.sallyport.security.token.JwtValidator;
import io.sallyport.security.token.TokenValidator;
import io.sallyport.security.token.VerificationKeys;
import io.sallyport.security.transport.SecurityHeadersFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with one servlet, bare or behind every guard there is, and a request for it. */
final class BenchmarkServer implements AutoCloseable {
  private static final String ISSUER = "https://issuer.invalid";
  private static final String AUDIENCE = "https://billing.invalid";

  // High enough that the limits count every request and refuse none.
  private static final long UNREACHED = 1_000_000_000L;

  private final Server server;
  private final String request;

  private BenchmarkServer(Server server, String request) {
    this.server = server;
    this.request = request;
  }

  static BenchmarkServer start(boolean guarded) throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("2026-01").generate();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new Invoice()), "/");
    if (guarded) {
      ApiFilterChain chain = chain(key);
      context.addServletContainerInitializer((classes, ctx) -> chain.addTo(ctx));
    }
    server.setHandler(context);
    server.start();
    String request =
        "GET /v1/invoices/0190b2f1-7c1e-7aa0-9d5e-3b1f6d2a4c55 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Accept: application/json\r\nUser-Agent: benchmark\r\nAuthorization: Bearer "
            + token(key)
            + "\r\n\r\n";
    return new BenchmarkServer(server, request);
  }

  private static ApiFilterChain chain(RSAKey key) {
    Endpoints endpoints =
        Endpoints.of(
            get("/v1/invoices/{id}")
                .id("readInvoice")
                .with(Access.action("readInvoice"))
                .with(RateLimit.perCaller(UNREACHED, Duration.ofMinutes(1))));
    RateLimiter limiter = RateLimiter.inMemory(100_000, System::nanoTime);
    TokenValidator validator =
        new CachingTokenValidator(
            JwtValidator.expecting(ISSUER, AUDIENCE, VerificationKeys.of(new JWKSet(List.of(key))))
                .build(),
            InstantSource.system());
    return ApiFilterChain.of(endpoints)
        .with(new AccessLogFilter())
        .with(new SecurityHeadersFilter())
        .with(
            new AddressRateLimitFilter(
                limiter, new Quota("address", UNREACHED, Duration.ofMinutes(1))))
        .with(new BearerTokenFilter(validator))
        .with(new RateLimitFilter(endpoints, limiter))
        .with(
            new AuthorizationFilter(
                endpoints, RolePolicy.builder().grant("viewer", "readInvoice").build()))
        .build();
  }

  private static String token(RSAKey key) throws JOSEException {
    Instant now = Instant.now();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("ann")
                .claim("roles", List.of("viewer"))
                .claim("tenant", "acme")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(12))))
                .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  int port() {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  /** A request with a token, for both servers: the bare one has to read the field as well. */
  String request() {
    return request;
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private static final class Invoice extends HttpServlet {
    private static final byte[] BODY =
        """
        {"id":"0190b2f1-7c1e-7aa0-9d5e-3b1f6d2a4c55","number":42,"currency":"EUR","total":129900}
        """
            .getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response.setContentLength(BODY.length);
      response.getOutputStream().write(BODY);
    }
  }
}
