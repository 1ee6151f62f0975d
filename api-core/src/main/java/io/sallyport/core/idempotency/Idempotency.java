package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.JsonBody;
import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * That an endpoint takes an {@code Idempotency-Key}: {@code post("/v1/payments").with(
 * Idempotency.required())}. Immutable.
 *
 * <p>A request that comes again under its key is not run again: the first answer is replayed. The
 * key belongs to the caller, the method and the endpoint. {@link IdempotencyFilter} enforces it.
 */
public final class Idempotency implements Facet, Described {
  /** How long an answer is replayed unless the endpoint says otherwise: 24 hours. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);

  /** How long a handler may take unless the endpoint says otherwise: one minute. */
  public static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

  /** The largest response body that is kept unless the endpoint says otherwise: 64 KiB. */
  public static final int DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024;

  /** The largest request body unless the endpoint says otherwise: 1 MiB. */
  public static final int DEFAULT_MAX_REQUEST_BYTES = 1024 * 1024;

  private static final Duration LONGEST_LIFETIME = Duration.ofDays(90);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
  private static final int LARGEST_BYTES = 64 * 1024 * 1024;

  // They change nothing, RFC 9110 section 9.2.1, so there is nothing to do only once.
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "QUERY");

  private final boolean required;
  private final Terms terms;
  private final int maxResponseBytes;
  private final int maxRequestBytes;
  private final boolean bodyCompared;
  private final List<String> comparedFields;
  private final boolean bareKeys;
  private final boolean anonymousCallers;
  private final boolean mismatchAnswers400;

  private Idempotency(
      boolean required,
      Terms terms,
      int maxResponseBytes,
      int maxRequestBytes,
      boolean bodyCompared,
      List<String> comparedFields,
      boolean bareKeys,
      boolean anonymousCallers,
      boolean mismatchAnswers400) {
    this.required = required;
    this.terms = terms;
    this.maxResponseBytes = maxResponseBytes;
    this.maxRequestBytes = maxRequestBytes;
    this.bodyCompared = bodyCompared;
    this.comparedFields = comparedFields;
    this.bareKeys = bareKeys;
    this.anonymousCallers = anonymousCallers;
    this.mismatchAnswers400 = mismatchAnswers400;
  }

  /** Every request must carry a key; 400 without. */
  public static Idempotency required() {
    return keyed(true);
  }

  /** A request may carry a key; one without runs each time that it comes. */
  public static Idempotency optional() {
    return keyed(false);
  }

  private static Idempotency keyed(boolean required) {
    return new Idempotency(
        required,
        new Terms(DEFAULT_LIFETIME, DEFAULT_LEASE, false),
        DEFAULT_MAX_RESPONSE_BYTES,
        DEFAULT_MAX_REQUEST_BYTES,
        true,
        List.of(),
        false,
        false,
        false);
  }

  /**
   * This with answers kept for {@code lifetime}, longer than the lease and at most 90 days. A key
   * that comes later is a new one, so tell clients of it.
   */
  public Idempotency lifetime(Duration lifetime) {
    if (requireNonNull(lifetime, "lifetime").compareTo(LONGEST_LIFETIME) > 0) {
      throw new IllegalArgumentException(
          "lifetime must be at most " + LONGEST_LIFETIME + ", was " + lifetime);
    }
    return with(new Terms(lifetime, terms.lease(), terms.inTransaction()));
  }

  /**
   * This with {@code lease} for the handler, at least a second. A handler that takes longer is
   * taken for dead: choose it longer than the longest that a handler is allowed to take.
   */
  public Idempotency lease(Duration lease) {
    if (requireNonNull(lease, "lease").compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException(
          "lease must be at least " + SHORTEST_LEASE + ", was " + lease);
    }
    return with(new Terms(terms.lifetime(), lease, terms.inTransaction()));
  }

  /**
   * This for a handler that makes its effect and completes the record in one transaction, by {@link
   * IdempotentRequest#completeIn}. A record that is not completed is then proof that there was no
   * effect, so that a request whose server died is run again rather than reported as uncertain.
   *
   * <p>The promise is the handler's: an effect outside of that transaction may be repeated.
   */
  public Idempotency inTransaction() {
    return with(new Terms(terms.lifetime(), terms.lease(), true));
  }

  private Idempotency with(Terms changed) {
    return new Idempotency(
        required,
        changed,
        maxResponseBytes,
        maxRequestBytes,
        bodyCompared,
        comparedFields,
        bareKeys,
        anonymousCallers,
        mismatchAnswers400);
  }

  /**
   * This with response bodies of up to {@code bytes} bytes kept, 0 to 64 MiB. A larger one reaches
   * the client whose request ran, and is not replayed: a repetition is told so, and not run.
   */
  public Idempotency maxResponseBytes(int bytes) {
    if (bytes < 0 || bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "maxResponseBytes must be 0 to " + LARGEST_BYTES + ", was " + bytes);
    }
    return new Idempotency(
        required,
        terms,
        bytes,
        maxRequestBytes,
        bodyCompared,
        comparedFields,
        bareKeys,
        anonymousCallers,
        mismatchAnswers400);
  }

  /** This with request bodies of up to {@code bytes} bytes, 0 to 64 MiB; 413 beyond. */
  public Idempotency maxRequestBytes(int bytes) {
    if (bytes < 0 || bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "maxRequestBytes must be 0 to "
              + LARGEST_BYTES
              + ", was "
              + bytes
              + "; for larger bodies say bodyNotCompared()");
    }
    return new Idempotency(
        required,
        terms,
        maxResponseBytes,
        bytes,
        bodyCompared,
        comparedFields,
        bareKeys,
        anonymousCallers,
        mismatchAnswers400);
  }

  /**
   * This, where a request under a used key is a repetition whatever its body: for bodies that are
   * streamed, or parsed by the container. The body is then not read before the handler runs.
   */
  public Idempotency bodyNotCompared() {
    return new Idempotency(
        required,
        terms,
        maxResponseBytes,
        maxRequestBytes,
        false,
        comparedFields,
        bareKeys,
        anonymousCallers,
        mismatchAnswers400);
  }

  /**
   * This, where a request also counts as another one if its field {@code name} differs, {@code
   * If-Match} for example. Method, path, query, {@code Content-Type}, {@code Content-Encoding} and
   * body are always compared.
   */
  public Idempotency comparing(String name) {
    List<String> more = new ArrayList<>(comparedFields);
    more.add(requireNonNull(name, "name"));
    return new Idempotency(
        required,
        terms,
        maxResponseBytes,
        maxRequestBytes,
        bodyCompared,
        List.copyOf(more),
        bareKeys,
        anonymousCallers,
        mismatchAnswers400);
  }

  /**
   * This, where a key may come without its quotes, as many clients send it. The quoted and the bare
   * form are one key.
   */
  public Idempotency allowBareKeys() {
    return new Idempotency(
        required,
        terms,
        maxResponseBytes,
        maxRequestBytes,
        bodyCompared,
        comparedFields,
        true,
        anonymousCallers,
        mismatchAnswers400);
  }

  /**
   * This for callers who are not authenticated as well; their keys belong to their address. Clients
   * behind one address can then replay each other's answers if they know key and request.
   */
  public Idempotency allowAnonymousCallers() {
    return new Idempotency(
        required,
        terms,
        maxResponseBytes,
        maxRequestBytes,
        bodyCompared,
        comparedFields,
        bareKeys,
        true,
        mismatchAnswers400);
  }

  /** This, where a key that comes with another request is answered 400 rather than 422. */
  public Idempotency mismatchAnswers400() {
    return new Idempotency(
        required,
        terms,
        maxResponseBytes,
        maxRequestBytes,
        bodyCompared,
        comparedFields,
        bareKeys,
        anonymousCallers,
        true);
  }

  /** Whether a request must carry a key. */
  public boolean isRequired() {
    return required;
  }

  /** How long records live, and what a lease that ran out means. */
  public Terms terms() {
    return terms;
  }

  int maxResponseBytes() {
    return maxResponseBytes;
  }

  int maxRequestBytes() {
    return maxRequestBytes;
  }

  boolean comparesBody() {
    return bodyCompared;
  }

  List<String> comparedFields() {
    return comparedFields;
  }

  boolean allowsBareKeys() {
    return bareKeys;
  }

  boolean allowsAnonymousCallers() {
    return anonymousCallers;
  }

  boolean answersMismatchWith400() {
    return mismatchAnswers400;
  }

  @Override
  public void describe(OperationDescription operation) {
    IdempotencyDescription.of(this, operation);
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>();
    if (SAFE_METHODS.contains(endpoint.method())) {
      faults.add(
          new Fault(
              endpoint.toString(),
              "Idempotency",
              endpoint.method(),
              "must not be declared for a method that changes nothing",
              "remove it, or use POST, PUT, PATCH or DELETE"));
    }
    if (!required && terms.inTransaction()) {
      // Its handler would have to answer in two ways, and could be made to fail by leaving the key.
      faults.add(
          new Fault(
              endpoint.toString(),
              "Idempotency inTransaction",
              "optional",
              "must not be optional where the handler completes the record",
              "say Idempotency.required().inTransaction()"));
    }
    int body =
        endpoint.facet(JsonBody.class).map(found -> ((JsonBody<?>) found).maxBytes()).orElse(0);
    if (bodyCompared && body > maxRequestBytes) {
      faults.add(
          new Fault(
              endpoint.toString(),
              "Idempotency maxRequestBytes",
              Integer.toString(maxRequestBytes),
              "must not be smaller than the body that the endpoint takes, " + body,
              "say Idempotency...maxRequestBytes(" + body + ")"));
    }
    return faults;
  }

  @Override
  public String toString() {
    return (required ? "Idempotency required" : "Idempotency optional") + ", " + terms;
  }
}
