package io.sallyport.security.token;

import java.net.URI;
import java.util.Set;

/** Whether a URL can be trusted by its scheme, or only because it never leaves this machine. */
final class LoopbackUrl {
  // Literal hosts only: a name would be resolved, and whoever answers for it would decide.
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private LoopbackUrl() {}

  /** Whether {@code url} is an absolute https URL. */
  static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
  }

  /** Whether {@code url} is a plain http URL of this machine. */
  static boolean isPlainLoopback(URI url) {
    return "http".equalsIgnoreCase(url.getScheme())
        && url.getHost() != null
        && HOSTS.contains(url.getHost());
  }
}
