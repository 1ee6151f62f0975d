package io.sallyport.examples.reference.dev;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sallyport.examples.reference.config.TokenSource;
import io.sallyport.examples.reference.domain.User;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Signs access tokens (RFC 9068) with a key that lives as long as the process, and publishes the
 * public half on loopback.
 *
 * <p>There is no endpoint that hands out tokens: only the one who started the server gets them, on
 * the terminal. It is constructed under the {@code dev} profile alone.
 */
public final class DevelopmentIssuer {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final String JWKS_PATH = "/dev/jwks.json";

  private final TokenSource.Development names;
  private final InstantSource clock;
  private final RSAKey key;
  private final Server server;

  private DevelopmentIssuer(
      TokenSource.Development names, InstantSource clock, RSAKey key, Server server) {
    this.names = names;
    this.clock = clock;
    this.key = key;
    this.server = server;
  }

  /** Makes the key and serves it at {@link #jwks}. */
  public static DevelopmentIssuer start(TokenSource.Development names, InstantSource clock)
      throws Exception {
    RSAKey key =
        new RSAKeyGenerator(2048)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .keyIDFromThumbprint(true)
            .generate();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new KeySet(new JWKSet(key.toPublicJWK()).toString()));
    server.start();
    return new DevelopmentIssuer(names, clock, key, server);
  }

  /** Where the public key is. */
  public URI jwks() {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://127.0.0.1:" + port + JWKS_PATH);
  }

  /** An access token for {@code user}, good for an hour. */
  public String tokenFor(User user) throws JOSEException {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(names.issuer())
            .audience(names.audience())
            .subject(user.subject())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(UUID.randomUUID().toString())
            .claim("client_id", "tour")
            .claim("tenant", user.tenant().value())
            .claim("roles", List.copyOf(user.roles()))
            .build();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  public void stop() throws Exception {
    server.stop();
  }

  private static final class KeySet extends Handler.Abstract.NonBlocking {
    private final byte[] json;

    KeySet(String json) {
      this.json = json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (!request.getHttpURI().getPath().equals(JWKS_PATH)) {
        return false;
      }
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(json), callback);
      return true;
    }
  }
}
