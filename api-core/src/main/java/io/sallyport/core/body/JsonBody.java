package io.sallyport.core.body;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.BodyDescription;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body that an endpoint takes: {@code post("/v1/invoices").with(JsonBody.of(
 * CreateInvoice.class))}. Immutable and safe for concurrent use.
 *
 * <p>The {@link ValidationFilter} reads it within limits, binds it to {@code T} without coercion,
 * and checks the constraint annotations of {@code T}; the handler gets the value by {@link
 * #of(HttpServletRequest, Class)}. {@code T} is best a record. Fields that {@code T} does not have
 * are refused.
 *
 * <p>A custom constraint is named to clients by its annotation, in words joined by hyphens. A
 * message that its validator composes at run time is not shown, since it may hold the value.
 *
 * @param <T> the type of the value
 */
public final class JsonBody<T> extends DeclaredBody {
  /** The most bytes that a body may have unless the endpoint says otherwise: 64 KiB. */
  public static final int DEFAULT_MAX_BYTES = 64 * 1024;

  // A body is held in memory as a whole; what is larger must be streamed, and is not JSON's task.
  static final int LARGEST_MAX_BYTES = 64 * 1024 * 1024;

  private static final String ATTRIBUTE = JsonBody.class.getName();

  private static final Problem MISSING =
      Problem.of(ProblemType.MALFORMED_BODY).detail("A JSON body is required.");

  private final Class<T> target;
  private final int maxBytes;
  private final JsonLimits limits;
  private final String mediaType;
  private final boolean unknownFieldsAllowed;
  private final boolean duplicateNamesAllowed;
  private final JsonSyntax syntax;
  private final JsonBinding<T> binding;

  private JsonBody(
      Class<T> target,
      int maxBytes,
      JsonLimits limits,
      String mediaType,
      boolean unknownFieldsAllowed,
      boolean duplicateNamesAllowed) {
    this.target = target;
    this.maxBytes = maxBytes;
    this.limits = limits;
    this.mediaType = mediaType;
    this.unknownFieldsAllowed = unknownFieldsAllowed;
    this.duplicateNamesAllowed = duplicateNamesAllowed;
    this.syntax = new JsonSyntax(limits, duplicateNamesAllowed);
    this.binding = new JsonBinding<>(target, limits, unknownFieldsAllowed);
  }

  /** A body of type {@code target}: {@code application/json} of at most 64 KiB. */
  public static <T> JsonBody<T> of(Class<T> target) {
    if (requireNonNull(target, "target").isPrimitive()) {
      throw new IllegalArgumentException(
          "target must not be primitive, was " + target + "; use a record, or the wrapper class");
    }
    return new JsonBody<>(
        target, DEFAULT_MAX_BYTES, JsonLimits.DEFAULTS, "application/json", false, false);
  }

  /**
   * The body of {@code request}, bound and checked.
   *
   * @throws IllegalStateException if no guard has checked a body of this type
   */
  public static <T> T of(HttpServletRequest request, Class<T> type) {
    Object value = request.getAttribute(ATTRIBUTE);
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          "no checked body of type "
              + type.getName()
              + "; declare .with(JsonBody.of("
              + type.getSimpleName()
              + ".class)) on the endpoint and add a ValidationFilter, not in shadow, to the chain");
    }
    return type.cast(value);
  }

  /**
   * The value of {@code bytes}, read and checked as in a request: for a body that came another way,
   * as a message.
   *
   * @throws ProblemException with what the client of a request would see
   */
  public T check(byte[] bytes) {
    if (bytes.length > maxBytes) {
      throw new ProblemException(Problem.of(ProblemType.CONTENT_TOO_LARGE));
    }
    Reading reading = read(bytes);
    if (reading instanceof Reading.Refused refused) {
      throw new ProblemException(refused.problem());
    }
    return target.cast(((Reading.Sound) reading).value());
  }

  /** This body with up to {@code bytes} bytes, 1 to 64 MiB. */
  public JsonBody<T> maxBytes(int bytes) {
    if (bytes < 1 || bytes > LARGEST_MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes must be 1 to "
              + LARGEST_MAX_BYTES
              + ", was "
              + bytes
              + "; stream what is larger, under UnvalidatedBody");
    }
    return new JsonBody<>(
        target, bytes, limits, mediaType, unknownFieldsAllowed, duplicateNamesAllowed);
  }

  /** This body within {@code limits} rather than {@link JsonLimits#DEFAULTS}. */
  public JsonBody<T> limits(JsonLimits limits) {
    requireNonNull(limits, "limits");
    return new JsonBody<>(
        target, maxBytes, limits, mediaType, unknownFieldsAllowed, duplicateNamesAllowed);
  }

  /** This body as {@code mediaType}, for example {@code application/merge-patch+json}. */
  public JsonBody<T> mediaType(String mediaType) {
    if (!BodyMediaType.isDeclarable(requireNonNull(mediaType, "mediaType"))) {
      throw new IllegalArgumentException(
          "mediaType must be application/json or application/...+json in lower case, was "
              + mediaType
              + "; leave parameters out");
    }
    return new JsonBody<>(
        target, maxBytes, limits, mediaType, unknownFieldsAllowed, duplicateNamesAllowed);
  }

  /** This body, where fields that the type does not have are skipped rather than refused. */
  public JsonBody<T> allowUnknownFields() {
    return new JsonBody<>(target, maxBytes, limits, mediaType, true, duplicateNamesAllowed);
  }

  /**
   * This body, where the last of several members of one name wins. Without this such a body is
   * malformed: RFC 8259 section 4 leaves its meaning open, so that a second reader of it, a gateway
   * or an audit, may have seen another value.
   */
  public JsonBody<T> allowDuplicateNames() {
    return new JsonBody<>(target, maxBytes, limits, mediaType, unknownFieldsAllowed, true);
  }

  /** The type of the value. */
  @Override
  public Class<T> target() {
    return target;
  }

  /** The most bytes that the body may have. */
  @Override
  public int maxBytes() {
    return maxBytes;
  }

  /** The media type. */
  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  Problem missing() {
    return MISSING;
  }

  @Override
  String attribute() {
    return ATTRIBUTE;
  }

  @Override
  Reading read(byte[] bytes) {
    Problem malformed = syntax.problemOf(bytes);
    return malformed == null
        ? binding.read(bytes, new BindingProblems())
        : new Reading.Refused(malformed);
  }

  @Override
  @Nullable String definitionFault() {
    return binding.definitionFault();
  }

  @Override
  BodyDescription description() {
    return new BodyDescription(
        mediaType,
        target,
        maxBytes,
        unknownFieldsAllowed,
        limits.maxStringLength(),
        limits.maxTokens(),
        BodyDescription.Kind.VALUE);
  }

  @Override
  public String toString() {
    return "JsonBody of " + target.getName();
  }
}
