package io.sallyport.core.body;

import io.sallyport.core.describe.BodyDescription;
import io.sallyport.core.describe.BodyDescription.Kind;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A body that says how to change a {@code T}. */
abstract sealed class PatchBody<T> extends DeclaredBody permits MergePatch, JsonPatch {
  static final String ATTRIBUTE = Patch.class.getName();

  private static final Problem MISSING =
      Problem.of(ProblemType.MALFORMED_BODY).detail("A JSON body is required.");

  final Class<T> target;
  final int maxBytes;
  final JsonLimits limits;
  final PatchMembers members;
  private final JsonSyntax syntax;
  private final JsonBinding<T> binding;

  PatchBody(Class<T> target, int maxBytes, JsonLimits limits) {
    if (!target.isRecord()) {
      throw new IllegalArgumentException(
          "target must be a record, was " + target + "; it names just what a client may change");
    }
    if (maxBytes < 1 || maxBytes > JsonBody.LARGEST_MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes must be 1 to " + JsonBody.LARGEST_MAX_BYTES + ", was " + maxBytes);
    }
    this.target = target;
    this.maxBytes = maxBytes;
    this.limits = limits;
    this.members = new PatchMembers(target);
    this.syntax = new JsonSyntax(limits, false);
    this.binding = new JsonBinding<>(target, limits, false);
  }

  /** The change that {@code document} describes; what is wrong with it goes to {@code problems}. */
  abstract PatchDocument document(JsonNode document, BindingProblems problems);

  @Override
  Reading read(byte[] bytes) {
    Problem malformed = syntax.problemOf(bytes);
    if (malformed != null) {
      return new Reading.Refused(malformed);
    }
    BindingProblems problems = new BindingProblems();
    PatchDocument document = document(JsonBinding.tree(bytes), problems);
    return problems.isEmpty()
        ? new Reading.Sound(new Patch<>(target, document, members, binding))
        : new Reading.Refused(
            Problem.of(ProblemType.VALIDATION_FAILED).violations(problems.violations()));
  }

  @Override
  boolean goesWith(DeclaredBody other) {
    return other instanceof PatchBody<?> patch
        && patch.target.equals(target)
        && !patch.mediaType().equals(mediaType());
  }

  /** The patched record. */
  @Override
  public Class<T> target() {
    return target;
  }

  /** The most bytes that the body may have. */
  @Override
  public int maxBytes() {
    return maxBytes;
  }

  /** Which of the two it is. */
  abstract Kind kind();

  /** The most items of a list in it. */
  int maxItems() {
    return limits.maxTokens();
  }

  @Override
  BodyDescription description() {
    return new BodyDescription(
        mediaType(), target, maxBytes, false, limits.maxStringLength(), maxItems(), kind());
  }

  @Override
  public void describe(OperationDescription operation) {
    super.describe(operation);
    operation.refuses(ProblemType.CONFLICT);
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
  @Nullable String definitionFault() {
    return members.hasMembers() ? binding.definitionFault() : "it has no members of its own";
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " of " + target.getName();
  }
}
