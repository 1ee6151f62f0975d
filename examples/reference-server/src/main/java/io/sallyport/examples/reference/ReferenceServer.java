package io.sallyport.examples.reference;

import io.sallyport.core.endpoint.StartupException;
import io.sallyport.examples.reference.api.BillingApi;
import io.sallyport.examples.reference.application.CustomerService;
import io.sallyport.examples.reference.application.IdGenerator;
import io.sallyport.examples.reference.application.InvoiceService;
import io.sallyport.examples.reference.application.ProductService;
import io.sallyport.examples.reference.application.ReportService;
import io.sallyport.examples.reference.application.Transactions;
import io.sallyport.examples.reference.config.ConfigurationException;
import io.sallyport.examples.reference.config.DatabaseConfig;
import io.sallyport.examples.reference.config.ServerConfig;
import io.sallyport.examples.reference.config.TokenSource;
import io.sallyport.examples.reference.dev.DevelopmentCertificate;
import io.sallyport.examples.reference.dev.DevelopmentIssuer;
import io.sallyport.examples.reference.domain.TenantId;
import io.sallyport.examples.reference.domain.User;
import io.sallyport.examples.reference.infrastructure.Database;
import io.sallyport.examples.reference.infrastructure.EmbeddedDatabase;
import io.sallyport.examples.reference.server.HttpsServer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The billing API as a process: reads its configuration, puts the parts together, starts them, and
 * stops them in order when it is asked to.
 *
 * <p>{@code --profile dev} runs it without any configuration and prints tokens to try it with;
 * {@code --config FILE} names a properties file. It ends with 2 if the configuration has faults,
 * and with 1 if it cannot start for another reason.
 */
public final class ReferenceServer {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceServer.class);
  private static final int CANNOT_START = 1;
  private static final int FAULTY_CONFIGURATION = 2;

  private final ServerConfig config;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final Shutdown shutdown;

  private ReferenceServer(ServerConfig config, Shutdown shutdown) {
    this.config = config;
    this.shutdown = shutdown;
  }

  /** Starts the server; see the class comment for the arguments and exit codes. */
  public static void main(String[] arguments) {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
    try {
      ServerConfig config = ServerConfig.read(List.of(arguments), System.getenv());
      new ReferenceServer(config, shutdown).start();
    } catch (ConfigurationException | StartupException e) {
      System.err.println(e.getMessage());
      System.exit(FAULTY_CONFIGURATION);
    } catch (Exception e) {
      LOG.error("cannot start", e);
      System.exit(CANNOT_START);
    }
  }

  private void start() throws Exception {
    if (config.development()) {
      endWithParent();
    }
    Database database = database();
    TokenSource.External tokens;
    Map<String, String> tokensToTry = new LinkedHashMap<>();
    if (config.tokens() instanceof TokenSource.Development names) {
      DevelopmentIssuer issuer = DevelopmentIssuer.start(names, clock);
      shutdown.add(issuer::stop);
      for (User user : usersToTry(database.transactions())) {
        tokensToTry.put(user.subject(), issuer.tokenFor(user));
      }
      tokens = new TokenSource.External(names.issuer(), names.audience(), issuer.jwks());
    } else {
      tokens = (TokenSource.External) config.tokens();
    }
    BillingApi api = api(database, tokens);
    HttpsServer server =
        HttpsServer.start(
            config.listener(), tls(), !config.development(), api.filter(), api.securityHeaders());
    shutdown.add(server::drain);
    if (tokensToTry.isEmpty()) {
      System.out.println("Ready at " + server.address());
    } else {
      Welcome.print(System.out, server.address(), tokensToTry);
    }
  }

  private BillingApi api(Database database, TokenSource.External tokens) {
    Transactions transactions = database.transactions();
    IdGenerator ids = new IdGenerator(clock, random);
    return BillingApi.of(
        new BillingApi.UseCases(
            new CustomerService(transactions, ids, clock),
            new ProductService(transactions, ids, clock),
            new InvoiceService(transactions, ids, clock),
            new ReportService(transactions)),
        tokens,
        database.store(),
        config,
        clock);
  }

  private Database database() throws Exception {
    DatabaseConfig access;
    if (config.database().isPresent()) {
      access = config.database().get();
    } else {
      EmbeddedDatabase embedded = EmbeddedDatabase.start();
      shutdown.add(embedded::close);
      access = embedded.config();
    }
    Database database = Database.open(access, config.development());
    shutdown.add(database::close);
    StartupException.throwIfAny(database.store().faults());
    shutdown.add(StorePurge.start(database.store())::stop);
    return database;
  }

  private ServerConfig.Tls tls() throws Exception {
    if (config.tls().isPresent()) {
      return config.tls().get();
    }
    DevelopmentCertificate certificate = DevelopmentCertificate.create(random);
    shutdown.add(certificate::close);
    return certificate.tls();
  }

  private static List<User> usersToTry(Transactions transactions) {
    List<User> users = new ArrayList<>();
    for (String tenant : List.of("acme", "globex")) {
      users.addAll(transactions.read(new TenantId(tenant), stored -> stored.users().list()));
    }
    return users;
  }

  /** A build tool or a test that is killed leaves no server and no PostgreSQL behind. */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends the process, so nobody is left to ask
  private static void endWithParent() {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    if (parent.isPresent()) {
      parent.get().onExit().thenRun(() -> System.exit(0));
    }
  }
}
