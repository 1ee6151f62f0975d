package io.sallyport.security.transport;

import io.sallyport.core.problem.HeaderField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The security header fields of a JSON API, after OWASP's REST security cheat sheet. Immutable.
 *
 * <p>{@link #fields} is public so that a container's own error page, written before any filter
 * runs, can carry the same ones.
 */
public final class SecurityHeaders {
  private static final List<HeaderField> ALWAYS =
      List.of(
          // A response that a browser is made to render must not load, run or frame anything.
          new HeaderField(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
          new HeaderField("X-Content-Type-Options", "nosniff"),
          new HeaderField("X-Frame-Options", "DENY"),
          new HeaderField("Referrer-Policy", "no-referrer"),
          new HeaderField("Cross-Origin-Resource-Policy", "same-origin"),
          new HeaderField("Cross-Origin-Opener-Policy", "same-origin"),
          new HeaderField(
              "Permissions-Policy",
              "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(),"
                  + " usb=()"),
          new HeaderField("Cache-Control", "no-store"));

  private final List<HeaderField> plain;
  private final List<HeaderField> secure;

  private SecurityHeaders(String strictTransportSecurity) {
    List<HeaderField> all = new ArrayList<>(ALWAYS);
    if (!strictTransportSecurity.isEmpty()) {
      all.add(new HeaderField("Strict-Transport-Security", strictTransportSecurity));
    }
    this.plain = ALWAYS;
    this.secure = List.copyOf(all);
  }

  /** The strict set; HSTS, RFC 6797, for two years and every subdomain. */
  public static SecurityHeaders strict() {
    return withHsts(Duration.ofDays(730));
  }

  /**
   * The strict set with HSTS for {@code maxAge}, at least a day; shorter ones protect nobody.
   *
   * @throws IllegalArgumentException if {@code maxAge} is shorter
   */
  public static SecurityHeaders withHsts(Duration maxAge) {
    if (maxAge.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("maxAge must be at least one day, was " + maxAge);
    }
    return new SecurityHeaders("max-age=" + maxAge.toSeconds() + "; includeSubDomains");
  }

  /** Without HSTS: for a host whose other services still need plain HTTP. */
  public static SecurityHeaders withoutHsts() {
    return new SecurityHeaders("");
  }

  /**
   * The fields for a response.
   *
   * @param isSecure whether the request came over TLS; HSTS is sent over nothing else, RFC 6797
   *     section 7.2
   */
  public List<HeaderField> fields(boolean isSecure) {
    return isSecure ? secure : plain;
  }
}
