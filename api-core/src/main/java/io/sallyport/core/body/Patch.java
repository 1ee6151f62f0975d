package io.sallyport.core.body;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;

/**
 * A change that a client asks for, as a {@link MergePatch} or a {@link JsonPatch}. Immutable.
 *
 * <pre>{@code
 * record CustomerPatch(@NotBlank String name, @Nullable String note) {}
 *
 * Patch<CustomerPatch> patch = Patch.of(request, CustomerPatch.class);
 * CustomerPatch changed = patch.applyTo(new CustomerPatch(customer.name(), customer.note()));
 * }</pre>
 *
 * <p>The patched record is not the stored one: it names just what a client may change. What it does
 * not name cannot be touched, nor be tested for.
 *
 * @param <T> the patched record
 */
public final class Patch<T> {
  private final Class<T> target;
  private final PatchDocument document;
  private final PatchMembers members;
  private final JsonBinding<T> binding;

  Patch(Class<T> target, PatchDocument document, PatchMembers members, JsonBinding<T> binding) {
    this.target = target;
    this.document = document;
    this.members = members;
    this.binding = binding;
  }

  /**
   * The patch in {@code request}.
   *
   * @throws IllegalStateException if no guard has checked a patch of this type
   */
  public static <T> Patch<T> of(HttpServletRequest request, Class<T> type) {
    if (request.getAttribute(PatchBody.ATTRIBUTE) instanceof Patch<?> patch
        && patch.target.equals(type)) {
      @SuppressWarnings("unchecked") // its target is the class of T
      Patch<T> checked = (Patch<T>) patch;
      return checked;
    }
    throw new IllegalStateException(
        "no checked patch of type "
            + type.getName()
            + "; declare .with(MergePatch.of("
            + type.getSimpleName()
            + ".class)) on the endpoint and add a ValidationFilter, not in shadow, to the chain");
  }

  /**
   * What comes of {@code current}, with its constraints checked; {@code current} stays as it is.
   *
   * @throws ProblemException if the result breaks rules, with all violations (422), or if an
   *     operation does not fit {@code current} (409)
   */
  public T applyTo(T current) {
    JsonNode before = JsonBinding.tree(requireNonNull(current, "current"));
    members.retainDeclared(before, members.root());
    PatchDocument.Outcome outcome = document.applyTo(before.deepCopy());
    JsonNode after = outcome.value();
    if (after == null) {
      throw new ProblemException(requireNonNull(outcome.problem()));
    }
    BindingProblems problems = new BindingProblems();
    members.addRemoved(before, after, members.root(), "", problems);
    DeclaredBody.Reading result = binding.read(JsonBinding.text(after), problems);
    if (result instanceof DeclaredBody.Reading.Refused refused) {
      Problem problem = refused.problem();
      throw new ProblemException(problem);
    }
    return target.cast(((DeclaredBody.Reading.Sound) result).value());
  }

  /** The patched type; never what the client wrote. */
  @Override
  public String toString() {
    return "Patch of " + target.getName();
  }
}
