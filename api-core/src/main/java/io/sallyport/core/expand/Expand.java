package io.sallyport.core.expand;

import static java.util.stream.Collectors.joining;

import io.sallyport.core.body.Parameter;
import io.sallyport.core.body.ParameterFacet;
import io.sallyport.core.body.ParameterValues;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ParameterDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client may expand with the query parameter {@code expand}: {@code
 * get("/v1/invoices").with(Expand.of(one("customer"), many("lines", 20, one("product"))))}.
 * Immutable and safe for concurrent use.
 *
 * <p>A path names the relations from the answered entity on; {@code lines.product} asks for {@code
 * lines} as well. Paths that are not declared are refused, and so is what exceeds a limit. The
 * {@link ExpandFilter} checks that, and a handler reads {@link Expansion#of}.
 */
public final class Expand implements ParameterFacet {
  /** The most relations in a path unless the endpoint says otherwise. */
  public static final int DEFAULT_MAX_DEPTH = 3;

  /** The most relations in a request unless the endpoint says otherwise. */
  public static final int DEFAULT_MAX_RELATIONS = 8;

  /** The most entities for one answered entity unless the endpoint says otherwise. */
  public static final int DEFAULT_MAX_COST = 100;

  /** The most keys of one statement unless the endpoint says otherwise. */
  public static final int DEFAULT_MAX_KEYS = 1000;

  private static final Parameter<String> PARAMETER =
      Parameter.query("expand").text(1, ExpansionReader.MAX_LENGTH).optional();

  private final RelationTree tree;
  private final Limits limits;

  private Expand(RelationTree tree, Limits limits) {
    this.tree = tree;
    this.limits = limits;
  }

  /** Declares the relations of the answered entity. */
  public static Expand of(Relation... relations) {
    Limits defaults =
        new Limits(DEFAULT_MAX_DEPTH, DEFAULT_MAX_RELATIONS, DEFAULT_MAX_COST, DEFAULT_MAX_KEYS);
    return new Expand(RelationTree.of(List.of(relations)), defaults);
  }

  /** These relations with up to {@code max} of them in one path. */
  public Expand maxDepth(int max) {
    return new Expand(tree, new Limits(max, limits.relations(), limits.cost(), limits.keys()));
  }

  /** These relations with up to {@code max} of them in one request. */
  public Expand maxRelations(int max) {
    return new Expand(tree, new Limits(limits.depth(), max, limits.cost(), limits.keys()));
  }

  /**
   * These relations with up to {@code max} entities for each one that is answered: the sum, over
   * the relations asked for, of the product of the fan-outs that lead there. What a request can
   * cost is this times the size of a page.
   */
  public Expand maxCost(int max) {
    return new Expand(tree, new Limits(limits.depth(), limits.relations(), max, limits.keys()));
  }

  /** These relations with up to {@code max} keys in one statement. */
  public Expand maxKeys(int max) {
    return new Expand(tree, new Limits(limits.depth(), limits.relations(), limits.cost(), max));
  }

  /** All paths that may be asked for, parents first. */
  public Set<String> paths() {
    return tree.paths();
  }

  /** The query parameter. */
  @Override
  public List<Parameter<?>> parameters() {
    return List.of(PARAMETER);
  }

  /** Checks what is asked for, so that it is refused together with the other parameters. */
  @Override
  public void check(ParameterValues values, List<Violation> violations) {
    values
        .find(PARAMETER)
        .ifPresent(text -> new ExpansionReader(tree, limits).read(text, violations));
  }

  /**
   * Reads what is asked for; what is wrong is appended to {@code violations}, and then nothing is
   * expanded.
   *
   * @param texts the values of {@code expand}, decoded
   */
  Expansion read(List<String> texts, List<Violation> violations) {
    String text = PARAMETER.read(texts, violations);
    Set<String> asked =
        text == null ? Set.of() : new ExpansionReader(tree, limits).read(text, violations);
    return new Expansion(tree.paths(), violations.isEmpty() ? asked : Set.of(), limits.keys());
  }

  @Override
  public void describe(OperationDescription operation) {
    ParameterFacet.super.describe(operation);
    // Names of relations have no character that means anything in a pattern but the dot.
    String path = "(?:" + String.join("|", paths()).replace(".", "\\.") + ")";
    operation.parameter(
        ParameterDescription.query(
                PARAMETER.name(),
                ValueDescription.text(1, ExpansionReader.MAX_LENGTH)
                    .matching("^" + path + "(?:," + path + ")*$"))
            .text(
                "What to embed, joined by commas: "
                    + paths().stream().map(each -> "`" + each + "`").collect(joining(", "))
                    + ". At most "
                    + limits.relations()
                    + " relations, those on the way included."));
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>();
    if (tree.paths().isEmpty()) {
      faults.add(
          fault(endpoint, "", "must have a relation", "declare one, or leave the facet out"));
    }
    for (String twice : tree.duplicates()) {
      faults.add(
          fault(
              endpoint,
              twice,
              "must be declared once",
              "remove one of the two, or give it another name"));
    }
    for (String path : tree.paths()) {
      addUnreachable(endpoint, path, faults);
    }
    return faults;
  }

  private void addUnreachable(Endpoint endpoint, String path, List<Fault> faults) {
    Set<String> alone = new LinkedHashSet<>(tree.withParents(path));
    String remedy = "raise the limit, or leave the relation out: no request could ask for it";
    if (alone.size() > limits.depth()) {
      faults.add(
          fault(
              endpoint,
              path,
              "must not be deeper than maxDepth, which is " + limits.depth(),
              remedy));
    }
    if (alone.size() > limits.relations()) {
      faults.add(
          fault(
              endpoint,
              path,
              "must not need more than maxRelations, which is " + limits.relations(),
              remedy));
    }
    if (tree.cost(alone) > limits.cost()) {
      faults.add(
          fault(
              endpoint,
              path,
              "must not cost more than maxCost, which is " + limits.cost(),
              remedy));
    }
  }

  private static Fault fault(Endpoint endpoint, String value, String rule, String remedy) {
    return new Fault(endpoint.toString(), "Expand", value, rule, remedy);
  }

  @Override
  public String toString() {
    return "Expand " + tree.paths();
  }

  /** What a request may ask for at most. */
  record Limits(int depth, int relations, int cost, int keys) {
    Limits {
      atLeastOne("maxDepth", depth);
      atLeastOne("maxRelations", relations);
      atLeastOne("maxCost", cost);
      atLeastOne("maxKeys", keys);
    }

    private static void atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, was " + value);
      }
    }
  }
}
