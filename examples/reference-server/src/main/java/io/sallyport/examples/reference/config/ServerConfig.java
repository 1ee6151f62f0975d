package io.sallyport.examples.reference.config;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.ClientAddress;
import io.sallyport.core.page.CursorKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set about the server, checked.
 *
 * <p>Under the {@code dev} profile each setting has a default that works on a laptop. Without it,
 * whatever decides about security must be given: certificate, issuer, audience, keys, database.
 *
 * @param development whether the {@code dev} profile was asked for
 * @param tls the server's certificate; empty only in development, which makes one
 * @param database where the data is; empty only in development, which starts its own PostgreSQL
 * @param cursorKey seals the cursors of lists, the same on every node; empty only in development,
 *     where they may die with the process
 * @param trustedProxies addresses or networks whose word on the client's address is taken
 */
public record ServerConfig(
    boolean development,
    Listener listener,
    Optional<Tls> tls,
    TokenSource tokens,
    Optional<DatabaseConfig> database,
    Optional<CursorKey> cursorKey,
    List<String> trustedProxies,
    Limits limits) {

  /** Where the server listens; port 0 takes a free one. */
  public record Listener(String host, int port) {
    public Listener {
      requireNonNull(host, "host");
    }
  }

  /** A PKCS #12 key store with the server's private key and certificate chain. */
  public record Tls(Path keystore, Secret password) {
    public Tls {
      requireNonNull(keystore, "keystore");
      requireNonNull(password, "password");
    }
  }

  /** How many requests a minute are answered. */
  public record Limits(int perAddress, int perCaller) {}

  public ServerConfig {
    requireNonNull(listener, "listener");
    requireNonNull(tls, "tls");
    requireNonNull(tokens, "tokens");
    requireNonNull(database, "database");
    requireNonNull(cursorKey, "cursorKey");
    trustedProxies = List.copyOf(trustedProxies);
    requireNonNull(limits, "limits");
  }

  /**
   * Reads {@code arguments} ({@code --profile dev}, {@code --config FILE}), the file they name, and
   * {@code environment}.
   *
   * @throws ConfigurationException naming every fault, if there is any
   */
  public static ServerConfig read(List<String> arguments, Map<String, String> environment)
      throws ConfigurationException {
    CommandLine line = CommandLine.parse(arguments);
    Settings settings = new Settings(line.fileEntries(), environment, line.faults());
    boolean development = line.development();

    Listener listener =
        new Listener(
            settings.text("server.host").orElse(development ? "127.0.0.1" : "0.0.0.0"),
            settings.integer("server.port", 8443, 0, 65_535));
    Optional<Tls> tls = tls(settings, development);
    TokenSource tokens = tokens(settings, development);
    Optional<DatabaseConfig> database = database(settings, development);
    Optional<CursorKey> cursorKey = cursorKey(settings, development);
    List<String> proxies = proxies(settings);
    Limits limits =
        new Limits(
            settings.integer("limits.per-address-per-minute", 600, 1, 1_000_000),
            settings.integer("limits.per-caller-per-minute", 300, 1, 1_000_000));
    settings.finish();
    return new ServerConfig(
        development, listener, tls, tokens, database, cursorKey, proxies, limits);
  }

  private static List<String> proxies(Settings settings) {
    List<String> proxies =
        settings.text("trusted.proxies").map(t -> List.of(t.split("\\s*,\\s*"))).orElse(List.of());
    for (String proxy : proxies) {
      if (!isAddressOrNetwork(proxy)) {
        settings.fault(
            "trusted.proxies",
            Optional.of(proxy),
            "must be an IP address or a network such as 10.0.0.0/8",
            "correct it; a name could be pointed elsewhere");
      }
    }
    return proxies;
  }

  private static boolean isAddressOrNetwork(String text) {
    int slash = text.indexOf('/');
    Optional<ClientAddress> address =
        ClientAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (slash < 0 || address.isEmpty()) {
      return address.isPresent();
    }
    String bits = text.substring(slash + 1);
    return bits.matches("[0-9]{1,3}")
        && Integer.parseInt(bits) <= address.get().bytes().length * Byte.SIZE;
  }

  private static Optional<Tls> tls(Settings settings, boolean development) {
    Optional<Path> keystore = settings.existingFile("tls.keystore");
    Optional<Secret> password = settings.secretFile("tls.keystore.password-file");
    if (development && settings.text("tls.keystore").isEmpty()) {
      return Optional.empty();
    }
    settings.required("tls.keystore", "name a PKCS #12 file with the server's key and certificate");
    settings.required("tls.keystore.password-file", "name a file with the key store's password");
    return keystore.flatMap(path -> password.map(secret -> new Tls(path, secret)));
  }

  private static TokenSource tokens(Settings settings, boolean development) {
    if (development && settings.text("jwks.url").isEmpty()) {
      return new TokenSource.Development(
          settings.text("issuer").orElse("https://issuer.dev.invalid"),
          settings.text("audience").orElse("https://billing.dev.invalid"));
    }
    String issuer = settings.required("issuer", "give the issuer as tokens name it in iss");
    String audience =
        settings.required("audience", "give this API's name as tokens have it in aud");
    String url = settings.required("jwks.url", "give the https address of the issuer's key set");
    return new TokenSource.External(issuer, audience, jwks(settings, url, development));
  }

  private static URI jwks(Settings settings, String url, boolean development) {
    try {
      URI uri = new URI(url);
      boolean scheme =
          "https".equals(uri.getScheme()) || (development && "http".equals(uri.getScheme()));
      if (url.isEmpty() || (scheme && uri.getHost() != null)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below, like another scheme.
    }
    // Whoever can change the key set on its way can sign any token.
    settings.fault("jwks.url", Optional.of(url), "must be an https address", "correct it");
    return URI.create("");
  }

  private static Optional<DatabaseConfig> database(Settings settings, boolean development) {
    Optional<String> url = settings.text("database.url");
    Optional<String> user = settings.text("database.user");
    Optional<Secret> password = settings.secret("database.password");
    Optional<String> adminUser = settings.text("database.admin.user");
    Optional<Secret> adminPassword = settings.secret("database.admin.password");
    int poolSize = settings.integer("database.pool.size", DatabaseConfig.DEFAULT_POOL_SIZE, 1, 200);
    if (development && url.isEmpty()) {
      return Optional.empty();
    }
    settings.required("database.url", "give it as jdbc:postgresql://host:5432/name");
    settings.required("database.user", "name the role that the service logs in as");
    settings.required("database.admin.user", "name the role that owns the schema and migrates it");
    requirePassword(settings, "database.password", password);
    requirePassword(settings, "database.admin.password", adminPassword);
    if (user.isPresent() && user.equals(adminUser)) {
      settings.fault(
          "database.user",
          user,
          "must differ from database.admin.user",
          "a service that owns its tables can lift the separation of tenants; create a role for"
              + " it");
    }
    return Optional.of(
        new DatabaseConfig(
            jdbcUrl(settings, url.orElse("")),
            new DatabaseConfig.Login(user.orElse(""), password.orElse(new Secret(""))),
            new DatabaseConfig.Login(adminUser.orElse(""), adminPassword.orElse(new Secret(""))),
            poolSize));
  }

  private static Optional<CursorKey> cursorKey(Settings settings, boolean development) {
    Optional<Secret> secret = settings.secret("cursor.secret");
    boolean unreadableFile = settings.text("cursor.secret-file").isPresent();
    if (secret.isEmpty() && !unreadableFile && !development) {
      settings.fault(
          "cursor.secret", Optional.empty(), "is required", "better give cursor.secret-file");
    }
    try {
      return secret.map(text -> CursorKey.encrypting(Base64.getDecoder().decode(text.reveal())));
    } catch (IllegalArgumentException e) {
      // The value stays out of the message, and what the decoder says of it too.
      settings.fault(
          "cursor.secret",
          Optional.empty(),
          "must be base64 of at least " + CursorKey.MIN_BYTES + " random bytes",
          "make one with openssl rand -base64 32");
      return Optional.empty();
    }
  }

  private static void requirePassword(Settings settings, String key, Optional<Secret> password) {
    boolean unreadableFile = settings.text(key + "-file").isPresent();
    if (password.isEmpty() && !unreadableFile) {
      settings.fault(key, Optional.empty(), "is required", "better give " + key + "-file");
    }
  }

  private static String jdbcUrl(Settings settings, String url) {
    String plain = url.replaceFirst("^(jdbc:)?postgres(ql)?:", "");
    if (plain.contains("@") || plain.contains("password=")) {
      // The value stays out of the message: it holds a password.
      settings.fault(
          "database.url",
          Optional.empty(),
          "must not hold user or password",
          "move them to database.user and database.password-file");
    } else if (!url.isEmpty() && !plain.startsWith("//")) {
      settings.fault(
          "database.url",
          Optional.of(url),
          "must be a PostgreSQL address",
          "give it as jdbc:postgresql://host:5432/name");
    }
    return "jdbc:postgresql:" + plain;
  }
}
