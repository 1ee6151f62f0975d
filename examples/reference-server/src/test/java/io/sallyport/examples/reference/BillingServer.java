package io.sallyport.examples.reference;

import io.sallyport.examples.reference.api.BillingApi;
import io.sallyport.examples.reference.application.CustomerService;
import io.sallyport.examples.reference.application.IdGenerator;
import io.sallyport.examples.reference.application.InvoiceService;
import io.sallyport.examples.reference.application.ProductService;
import io.sallyport.examples.reference.application.ReportService;
import io.sallyport.examples.reference.config.ServerConfig;
import io.sallyport.examples.reference.config.TokenSource;
import io.sallyport.examples.reference.dev.DevelopmentCertificate;
import io.sallyport.examples.reference.dev.DevelopmentIssuer;
import io.sallyport.examples.reference.domain.TenantId;
import io.sallyport.examples.reference.domain.User;
import io.sallyport.examples.reference.infrastructure.Database;
import io.sallyport.examples.reference.infrastructure.EmbeddedDatabase;
import io.sallyport.examples.reference.server.HttpsServer;
import io.sallyport.examples.reference.server.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** The API over TLS in this process, on a PostgreSQL of its own, with room for many requests. */
public final class BillingServer {
  private static final String PLENTY = "1000000";

  private static BillingServer shared;

  private final Shutdown shutdown = new Shutdown();
  private final HttpsServer server;
  private final SSLContext trust;
  private final DevelopmentIssuer issuer;
  private final HttpClient client;

  private BillingServer() throws Exception {
    InstantSource clock = InstantSource.system();
    ServerConfig config =
        ServerConfig.read(
            List.of("--profile", "dev"),
            Map.of(
                "SALLYPORT_SERVER_PORT", "0",
                "SALLYPORT_LIMITS_PER_ADDRESS_PER_MINUTE", PLENTY,
                "SALLYPORT_LIMITS_PER_CALLER_PER_MINUTE", PLENTY));
    EmbeddedDatabase postgres = EmbeddedDatabase.start();
    shutdown.add(postgres::close);
    Database database = Database.open(postgres.config(), true);
    shutdown.add(database::close);
    TokenSource.Development names = (TokenSource.Development) config.tokens();
    issuer = DevelopmentIssuer.start(names, clock);
    shutdown.add(issuer::stop);
    DevelopmentCertificate certificate = DevelopmentCertificate.create(new SecureRandom());
    shutdown.add(certificate::close);
    IdGenerator ids = new IdGenerator(clock, new SecureRandom());
    BillingApi api =
        BillingApi.of(
            new BillingApi.UseCases(
                new CustomerService(database.transactions(), ids, clock),
                new ProductService(database.transactions(), ids, clock),
                new InvoiceService(database.transactions(), ids, clock),
                new ReportService(database.transactions())),
            new TokenSource.External(names.issuer(), names.audience(), issuer.jwks()),
            database.store(),
            config,
            clock);
    server =
        HttpsServer.start(
            config.listener(), certificate.tls(), false, api.filter(), api.securityHeaders());
    shutdown.add(server::drain);
    trust = Trust.in(certificate.tls());
    client = HttpClient.newBuilder().sslContext(trust).build();
  }

  /** One for all tests of this process; it ends with the process. */
  public static synchronized BillingServer shared() throws Exception {
    if (shared == null) {
      BillingServer started = new BillingServer();
      Runtime.getRuntime().addShutdownHook(new Thread(started.shutdown::run, "billing-server"));
      shared = started;
    }
    return shared;
  }

  public URI address() {
    return server.address();
  }

  /** Trusts this server's certificate, and no other. */
  public SSLContext trust() {
    return trust;
  }

  /** A token of an accountant at Acme. */
  public String accountant() throws Exception {
    return token("acme", "alice", "accountant");
  }

  public String token(String tenant, String subject, String role) throws Exception {
    return issuer.tokenFor(new User(new TenantId(tenant), subject, subject, Set.of(role)));
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path)).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Posts {@code body}, in which single quotes stand for double ones. */
  public HttpResponse<String> post(String token, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", token, path, "application/json", body, headers);
  }

  public HttpResponse<String> send(
      String method, String token, String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The document, as a file for tools that read one. */
  public Path saveDocument(Path directory) throws IOException, InterruptedException {
    return Files.writeString(directory.resolve("openapi.json"), get("/openapi.json").body());
  }
}
