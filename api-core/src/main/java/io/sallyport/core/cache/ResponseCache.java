package io.sallyport.core.cache;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * That answers of an endpoint are kept for a while, RFC 9111; {@link ResponseCacheFilter} does it.
 * Immutable.
 *
 * <p>Each caller has answers of its own, and a client has to ask whether its copy is still good,
 * since no invalidation reaches it. Three methods relax that, and say so.
 *
 * @param ttl how long an answer is used
 * @param maxEntryBytes the largest body that is kept
 * @param vary the request header fields that the answer depends on, lower case
 * @param statuses the statuses that are kept
 * @param sharing who gets the same answer
 * @param reusedByClients whether clients may use their copy for {@code ttl} without asking
 */
public record ResponseCache(
    Duration ttl,
    int maxEntryBytes,
    List<String> vary,
    Set<Integer> statuses,
    Sharing sharing,
    boolean reusedByClients)
    implements Facet, Described {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LARGEST = 16 * 1024 * 1024;
  // RFC 9110 section 15.1, without 206, which needs ranges.
  private static final Set<Integer> CACHEABLE =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  /** Who gets the same answer. */
  public enum Sharing {
    /** Nobody: each caller has an answer of its own. */
    NONE,
    /** All who ask without saying who they are. */
    ANONYMOUS,
    /** All, whoever they are. */
    EVERYBODY
  }

  public ResponseCache {
    vary = List.copyOf(vary);
    statuses = Set.copyOf(statuses);
    requireNonNull(ttl, "ttl");
  }

  /** Answers with 200 are kept for {@code ttl}, for each caller apart, up to 256 KiB each. */
  public static ResponseCache lasting(Duration ttl) {
    return new ResponseCache(ttl, 256 * 1024, List.of(), Set.of(200), Sharing.NONE, false);
  }

  /**
   * The facet of an endpoint whose success makes answers of others out of date.
   *
   * @param endpointIds the ids of the cached endpoints
   */
  public static Invalidates invalidates(String... endpointIds) {
    return new Invalidates(List.of(endpointIds), false);
  }

  /** This, with bodies up to {@code bytes}. */
  public ResponseCache maxEntryBytes(int bytes) {
    return new ResponseCache(ttl, bytes, vary, statuses, sharing, reusedByClients);
  }

  /** This, where the answer depends on request header fields; they are named in {@code Vary}. */
  public ResponseCache varyingBy(String... fields) {
    List<String> more = new ArrayList<>(vary);
    for (String field : fields) {
      more.add(field.toLowerCase(Locale.ROOT));
    }
    return new ResponseCache(ttl, maxEntryBytes, more, statuses, sharing, reusedByClients);
  }

  /** This, keeping answers of another status as well, such as 404. */
  public ResponseCache alsoKeeping(int status) {
    Set<Integer> more = new java.util.HashSet<>(statuses);
    more.add(status);
    return new ResponseCache(ttl, maxEntryBytes, vary, more, sharing, reusedByClients);
  }

  /**
   * This, with one answer for all who ask without saying who they are, and for caches between them
   * and here. A request with a caller, or with credentials, has an answer of its own all the same.
   */
  public ResponseCache sharedBetweenCallers() {
    return sharing(Sharing.ANONYMOUS);
  }

  /**
   * This, with one answer for all callers of all tenants, authenticated or not, and for caches
   * between them and here. For what is the same for everybody who may ask: authorization is still
   * asked on every hit here, and by no other cache.
   */
  public ResponseCache sharedBetweenCallersEvenIfAuthenticated() {
    return sharing(Sharing.EVERYBODY);
  }

  private ResponseCache sharing(Sharing with) {
    return new ResponseCache(ttl, maxEntryBytes, vary, statuses, with, reusedByClients);
  }

  /**
   * This, where clients use their copy for {@code ttl} without asking. They see a change that much
   * later, and a caller whose access ended keeps what it has.
   */
  public ResponseCache reusedByClientsUnasked() {
    return new ResponseCache(ttl, maxEntryBytes, vary, statuses, sharing, true);
  }

  /** Whether one answer serves several. */
  boolean shared() {
    return sharing != Sharing.NONE;
  }

  /** This, as it is for a request that says, or does not say, who it comes from. */
  ResponseCache forRequest(boolean authenticated) {
    return authenticated && sharing == Sharing.ANONYMOUS ? sharing(Sharing.NONE) : this;
  }

  /** The {@code Cache-Control} of a kept answer. */
  String cacheControl() {
    String who = shared() ? "public" : "private";
    return who + (reusedByClients ? ", max-age=" + ttl.toSeconds() : ", no-cache");
  }

  @Override
  public void describe(OperationDescription operation) {
    ConditionDescription.ofRead(operation);
    operation
        .answerHeader(
            new HeaderDescription(
                "Age",
                ValueDescription.integer(0, ttl.toSeconds()),
                "Seconds since the answer was made, where it was kept."))
        .answerHeader(
            new HeaderDescription(
                "Cache-Control",
                ValueDescription.text(0, 256),
                "`" + cacheControl() + "` where the answer may be kept."))
        // For a request with only-if-cached, RFC 9111 section 5.2.1.7.
        .refuses(ProblemType.GATEWAY_TIMEOUT)
        .note("An answer may be up to " + ttl.toSeconds() + " s old.");
    if (!vary.isEmpty()) {
      operation.header(
          new HeaderDescription(
              "Vary", ValueDescription.text(0, 1024), "`" + String.join(", ", vary) + "`."));
    }
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>();
    if (!endpoint.method().equals("GET") && !endpoint.method().equals("HEAD")) {
      faults.add(
          fault(endpoint, "method", endpoint.method(), "must be GET or HEAD", "remove the cache"));
    }
    if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(LONGEST) > 0) {
      faults.add(
          fault(endpoint, "ttl", ttl.toString(), "must be one second to one day", "change it"));
    }
    if (maxEntryBytes < 1 || maxEntryBytes > LARGEST) {
      String value = Integer.toString(maxEntryBytes);
      faults.add(fault(endpoint, "maxEntryBytes", value, "must be 1 to " + LARGEST, "change it"));
    }
    for (int status : statuses) {
      if (!CACHEABLE.contains(status)) {
        faults.add(
            fault(
                endpoint,
                "status",
                Integer.toString(status),
                "must be one that RFC 9110 section 15.1 lets be cached",
                "remove it"));
      }
    }
    for (String field : vary) {
      if (field.equals("*") || field.equals("authorization") || field.equals("cookie")) {
        faults.add(
            fault(
                endpoint,
                "varyingBy",
                field,
                "must not be a wildcard or a credential",
                "remove it; callers are told apart without"));
      }
    }
    return faults;
  }

  private static Fault fault(
      Endpoint endpoint, String field, String value, String rule, String remedy) {
    return new Fault(endpoint.toString(), "ResponseCache " + field, value, rule, remedy);
  }
}
