package io.sallyport.core.expand;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import io.sallyport.core.problem.Violation.In;
import jakarta.servlet.ServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one request asks to expand, within the limits of its endpoint's {@link Expand}, and the way
 * to load it: each relation at once for all parents, and only once.
 *
 * <pre>{@code
 * Expansion expansion = Expansion.of(request);
 * Map<Id, Customer> customers =
 *     expansion.load("customer", invoices, Invoice::customerId, repository::customersByIds);
 * Map<Id, List<Line>> lines =
 *     expansion.load("lines", invoices, Invoice::id, repository::linesByInvoiceIds);
 * }</pre>
 */
public final class Expansion {
  private static final String ATTRIBUTE = Expansion.class.getName();

  private final Set<String> declared;
  private final Set<String> asked;
  private final int maxKeys;
  private final Set<String> loaded = ConcurrentHashMap.newKeySet();

  Expansion(Set<String> declared, Set<String> asked, int maxKeys) {
    this.declared = declared;
    this.asked = Collections.unmodifiableSet(asked);
    this.maxKeys = maxKeys;
  }

  /**
   * What {@code request} asks for.
   *
   * @throws IllegalStateException if no guard has checked that
   */
  public static Expansion of(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Expansion expansion) {
      return expansion;
    }
    throw new IllegalStateException(
        "no checked expansion; declare .with(Expand.of(...)) on the endpoint and add an"
            + " ExpandFilter to the chain");
  }

  /** Makes {@link #of} find this. */
  void bindTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** The paths of the relations asked for, with their parents, in the order asked. */
  public Set<String> relations() {
    return asked;
  }

  /**
   * Whether the relation at {@code path} is asked for.
   *
   * @throws IllegalArgumentException if the endpoint does not declare it
   */
  public boolean includes(String path) {
    if (!declared.contains(path)) {
      throw new IllegalArgumentException(
          "the endpoint declares no relation " + path + "; it has " + declared);
    }
    return asked.contains(path);
  }

  /**
   * What {@code parents} are related to by {@code relation}: one call of {@code loader} for all of
   * them, or none where the relation is not asked for or no parent has a key.
   *
   * @param relation the path of the relation
   * @param parents the entities whose relation is expanded
   * @param keyOf the key of a parent, {@code null} for one that is related to nothing
   * @param loader runs the statement
   * @return what there is by key; a key may be missing
   * @throws IllegalArgumentException if the endpoint does not declare the relation
   * @throws IllegalStateException if the relation was loaded already: a load in a loop is the query
   *     for each parent that this method is there to avoid
   * @throws ProblemException with 400 if there are more keys than the endpoint allows
   */
  public <P, K, V> Map<K, V> load(
      String relation,
      Collection<P> parents,
      Function<? super P, ? extends @Nullable K> keyOf,
      BatchLoader<K, V> loader) {
    requireNonNull(loader, "loader");
    if (!includes(relation)) {
      return Map.of();
    }
    if (!loaded.add(relation)) {
      throw new IllegalStateException(
          relation + " is loaded once in a request, for all parents together");
    }
    Set<K> keys = new LinkedHashSet<>();
    for (P parent : parents) {
      K key = keyOf.apply(parent);
      if (key != null && keys.add(key) && keys.size() > maxKeys) {
        throw new ProblemException(tooMany());
      }
    }
    return keys.isEmpty() ? Map.of() : loader.load(List.copyOf(keys));
  }

  // Estimates fail, and a statement of any size would be the client's to choose.
  private Problem tooMany() {
    return Problem.of(ProblemType.INVALID_PARAMETERS)
        .violations(
            List.of(
                new Violation(
                    In.QUERY,
                    "expand",
                    "max-keys",
                    "leads to more than "
                        + maxKeys
                        + " related entities; ask for a smaller page or for fewer relations")));
  }

  @Override
  public String toString() {
    return "Expansion " + asked;
  }
}
