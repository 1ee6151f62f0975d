package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.problem.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An answer that can be given again, byte for byte: status, header fields, body. Immutable.
 *
 * <p>Fields that belong to one exchange and not to the answer are refused: cookies, credentials,
 * dates, framing, and what tells a cache or a limit.
 */
public final class StoredResponse {
  // Of one connection, RFC 9110 section 7.6.1; of one exchange; or of one client.
  private static final Set<String> NEVER_STORED =
      Set.of(
          "age",
          "authentication-info",
          "cache-control",
          "connection",
          "content-length",
          "date",
          "dpop-nonce",
          "expires",
          "keep-alive",
          "pragma",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-connection",
          "ratelimit",
          "ratelimit-policy",
          "retry-after",
          "server",
          "server-timing",
          "set-cookie",
          "set-cookie2",
          "te",
          "traceparent",
          "tracestate",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "www-authenticate",
          IdempotencyFilter.REPLAYED.toLowerCase(Locale.ROOT));

  private final int status;
  private final List<HeaderField> headers;
  private final byte[] body;

  private StoredResponse(int status, List<HeaderField> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** An answer with {@code status}, 200 to 599, and nothing more. */
  public static StoredResponse of(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599, was " + status);
    }
    return new StoredResponse(status, List.of(), new byte[0]);
  }

  /**
   * This answer with one more header field.
   *
   * @throws IllegalArgumentException if the field is one that must not be stored
   */
  public StoredResponse header(String name, String value) {
    if (!mayBeStored(requireNonNull(name, "name"))) {
      throw new IllegalArgumentException(
          name + " must not be stored; it belongs to one exchange, so set it on the response");
    }
    List<HeaderField> more = new ArrayList<>(headers);
    more.add(new HeaderField(name, value));
    return new StoredResponse(status, List.copyOf(more), body);
  }

  /** This answer with {@code bytes} as its body, of {@code contentType}. */
  public StoredResponse body(String contentType, byte[] bytes) {
    List<HeaderField> more = new ArrayList<>(headers);
    more.removeIf(field -> field.name().equalsIgnoreCase("Content-Type"));
    more.add(new HeaderField("Content-Type", contentType));
    return new StoredResponse(status, List.copyOf(more), bytes.clone());
  }

  /** Without copying and checking; for those who did. */
  static StoredResponse trusted(int status, List<HeaderField> headers, byte[] body) {
    return new StoredResponse(status, headers, body);
  }

  static boolean mayBeStored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !NEVER_STORED.contains(lower) && !lower.startsWith("access-control-");
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The header fields, in order. */
  public List<HeaderField> headers() {
    return headers;
  }

  /** The body, a copy. */
  public byte[] body() {
    return body.clone();
  }

  byte[] bytes() {
    return body;
  }

  /** Not the body: it may be personal. */
  @Override
  public String toString() {
    return "StoredResponse " + status + " of " + body.length + " bytes";
  }
}
