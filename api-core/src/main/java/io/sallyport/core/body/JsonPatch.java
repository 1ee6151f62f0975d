package io.sallyport.core.body;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.BodyDescription.Kind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A change as a JSON Patch, RFC 6902, {@code application/json-patch+json}: {@code
 * patch("/v1/customers/{id}").with(JsonPatch.of(CustomerPatch.class))}. Immutable and safe for
 * concurrent use.
 *
 * <p>The {@link ValidationFilter} refuses a patch with an operation that is none, or whose paths or
 * values name what the record {@code T} does not have; a violation points at the operation, {@code
 * /0/path}. The handler applies what is left by {@link Patch#applyTo}: wholly or not at all. There
 * a {@code test} that does not hold, and a place that is not there, is a conflict (409), since the
 * client knew another state; a result that breaks a rule is invalid (422), and its violations point
 * into the result. A {@link MergePatch} of the same record can be declared beside it.
 *
 * @param <T> the record that names just what a client may change
 */
public final class JsonPatch<T> extends PatchBody<T> {
  /** The most operations of a patch unless the endpoint says otherwise. */
  public static final int DEFAULT_MAX_OPERATIONS = 100;

  private static final int LARGEST_MAX_OPERATIONS = 1000;

  private final int maxOperations;

  private JsonPatch(Class<T> target, int maxBytes, JsonLimits limits, int maxOperations) {
    super(target, maxBytes, limits);
    this.maxOperations = maxOperations;
  }

  /** A JSON patch of {@code target}: at most 64 KiB and a hundred operations. */
  public static <T> JsonPatch<T> of(Class<T> target) {
    return new JsonPatch<>(
        requireNonNull(target, "target"),
        JsonBody.DEFAULT_MAX_BYTES,
        JsonLimits.DEFAULTS,
        DEFAULT_MAX_OPERATIONS);
  }

  /**
   * This patch with up to {@code bytes} bytes, 1 to 64 MiB. It may also make the value larger by no
   * more than that, copies counted.
   */
  public JsonPatch<T> maxBytes(int bytes) {
    return new JsonPatch<>(target, bytes, limits, maxOperations);
  }

  /** This patch, and what comes of it, within {@code limits}. */
  public JsonPatch<T> limits(JsonLimits limits) {
    return new JsonPatch<>(target, maxBytes, requireNonNull(limits, "limits"), maxOperations);
  }

  /** This patch with up to {@code operations} operations, 1 to 1000. */
  public JsonPatch<T> maxOperations(int operations) {
    if (operations < 1 || operations > LARGEST_MAX_OPERATIONS) {
      throw new IllegalArgumentException(
          "maxOperations must be 1 to " + LARGEST_MAX_OPERATIONS + ", was " + operations);
    }
    return new JsonPatch<>(target, maxBytes, limits, operations);
  }

  /** The media type. */
  @Override
  public String mediaType() {
    return "application/json-patch+json";
  }

  @Override
  Kind kind() {
    return Kind.JSON_PATCH;
  }

  @Override
  int maxItems() {
    return Math.min(maxOperations, super.maxItems());
  }

  @Override
  PatchDocument document(JsonNode document, BindingProblems problems) {
    if (document.size() > maxOperations) {
      problems.add("", "size", "must have at most " + maxOperations + " operations");
      return target -> new PatchDocument.Outcome(target, null);
    }
    List<PatchOperation> operations = PatchOperation.read(document, members, problems);
    return target -> new PatchRun(target, maxBytes, limits.maxDepth()).apply(operations);
  }
}
