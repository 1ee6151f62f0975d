package io.sallyport.examples.reference.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/** Whose access tokens the server takes. */
public sealed interface TokenSource {
  String issuer();

  String audience();

  /** An issuer that publishes its keys at {@code jwks}. */
  record External(String issuer, String audience, URI jwks) implements TokenSource {
    public External {
      requireNonNull(issuer, "issuer");
      requireNonNull(audience, "audience");
      requireNonNull(jwks, "jwks");
    }
  }

  /** The server's own issuer, which hands a token to whoever can read the terminal. */
  record Development(String issuer, String audience) implements TokenSource {
    public Development {
      requireNonNull(issuer, "issuer");
      requireNonNull(audience, "audience");
    }
  }
}
