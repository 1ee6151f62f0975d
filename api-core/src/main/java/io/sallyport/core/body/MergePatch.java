package io.sallyport.core.body;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.BodyDescription.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change as a JSON Merge Patch, RFC 7396, {@code application/merge-patch+json}: {@code
 * patch("/v1/customers/{id}").with(MergePatch.of(CustomerPatch.class))}. Immutable and safe for
 * concurrent use.
 *
 * <p>The {@link ValidationFilter} refuses a patch that names what the record {@code T} does not
 * have, at any depth, or that removes, by null, what is neither {@code Optional} nor annotated
 * {@code Nullable}. The handler applies what is left by {@link Patch#applyTo}. A {@link JsonPatch}
 * of the same record can be declared beside it.
 *
 * @param <T> the record that names just what a client may change
 */
public final class MergePatch<T> extends PatchBody<T> {
  private MergePatch(Class<T> target, int maxBytes, JsonLimits limits) {
    super(target, maxBytes, limits);
  }

  /** A merge patch of {@code target}, of at most 64 KiB. */
  public static <T> MergePatch<T> of(Class<T> target) {
    return new MergePatch<>(
        requireNonNull(target, "target"), JsonBody.DEFAULT_MAX_BYTES, JsonLimits.DEFAULTS);
  }

  /** This patch with up to {@code bytes} bytes, 1 to 64 MiB. */
  public MergePatch<T> maxBytes(int bytes) {
    return new MergePatch<>(target, bytes, limits);
  }

  /** This patch, and what comes of it, within {@code limits}. */
  public MergePatch<T> limits(JsonLimits limits) {
    return new MergePatch<>(target, maxBytes, requireNonNull(limits, "limits"));
  }

  /** The media type. */
  @Override
  public String mediaType() {
    return "application/merge-patch+json";
  }

  @Override
  Kind kind() {
    return Kind.MERGE_PATCH;
  }

  @Override
  PatchDocument document(JsonNode document, BindingProblems problems) {
    if (document.isObject()) {
      members.check(document, members.root(), "", true, problems);
    } else {
      // Such a patch replaces the whole, null included.
      problems.add("", "type", "must be an object");
    }
    return target -> new PatchDocument.Outcome(merge(target, document), null);
  }

  /** The function of RFC 7396 section 2. Uses up {@code target} and leaves {@code patch} alone. */
  static JsonNode merge(@Nullable JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      if (entry.getValue().isNull()) {
        result.remove(entry.getKey());
      } else {
        result.set(entry.getKey(), merge(result.get(entry.getKey()), entry.getValue()));
      }
    }
    return result;
  }
}
