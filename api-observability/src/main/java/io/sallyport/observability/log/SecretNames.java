package io.sallyport.observability.log;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names behind which a secret stands. */
final class SecretNames {
  // A name counts by its end: db.password, X-Api-Key, clientSecret, access_token.
  private static final List<String> ENDINGS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "pwd",
          "secret",
          "token",
          "apikey",
          "api_key",
          "api-key",
          "privatekey",
          "private_key",
          "private-key",
          "credential",
          "credentials",
          "assertion",
          "code_verifier");
  private static final List<String> FIELDS = List.of("authorization", "cookie", "dpop");
  private static final Set<String> SCHEMES =
      Set.of("bearer", "basic", "dpop", "digest", "negotiate");
  // RFC 7518 section 6: the private members of a JWK. Only as JSON, since they are so short.
  private static final Set<String> JWK_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "k");
  private static final int LONGEST = 64;

  private SecretNames() {}

  /** Whether the value after this name is a secret. */
  static boolean isSecret(String name, boolean quoted) {
    String end = end(name);
    return ENDINGS.stream().anyMatch(end::endsWith) || (quoted && JWK_MEMBERS.contains(end));
  }

  /** Whether this name is that of a header field of which the whole line is a secret. */
  static boolean isField(String name) {
    String end = end(name);
    return FIELDS.stream().anyMatch(end::endsWith);
  }

  /** Whether this name is that of an HTTP authentication scheme. */
  static boolean isScheme(String name) {
    return SCHEMES.contains(end(name));
  }

  private static String end(String name) {
    return name.substring(Math.max(0, name.length() - LONGEST)).toLowerCase(Locale.ROOT);
  }
}
