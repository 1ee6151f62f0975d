package io.sallyport.core.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Endpoints below a common path prefix, with facets that hold for all of them.
 *
 * <p>Immutable. An endpoint's own facet wins over its group's, and an inner group's over an outer
 * one's.
 */
public final class EndpointGroup implements Declaration {
  private final String prefix;
  private final List<Declaration> declarations;
  private final Map<Class<? extends Facet>, Facet> facets;
  private final Set<Class<? extends Facet>> required;

  private EndpointGroup(
      String prefix,
      List<Declaration> declarations,
      Map<Class<? extends Facet>, Facet> facets,
      Set<Class<? extends Facet>> required) {
    this.prefix = requireNonNull(prefix, "prefix");
    this.declarations = declarations;
    this.facets = facets;
    this.required = required;
  }

  static EndpointGroup of(String prefix, Declaration... declarations) {
    return new EndpointGroup(prefix, List.of(declarations), Map.of(), Set.of());
  }

  /** This group with {@code facet} as the default of its endpoints. */
  public EndpointGroup with(Facet facet) {
    Map<Class<? extends Facet>, Facet> more = new LinkedHashMap<>(facets);
    more.put(facet.type(), facet);
    return new EndpointGroup(prefix, declarations, more, required);
  }

  /** This group, whose endpoints must each have a facet of {@code type}, their own or inherited. */
  public EndpointGroup requiring(Class<? extends Facet> type) {
    Set<Class<? extends Facet>> more = new LinkedHashSet<>(required);
    more.add(requireNonNull(type, "type"));
    return new EndpointGroup(prefix, declarations, facets, more);
  }

  /** The endpoints with prefix and defaults applied; appends what is missing to {@code faults}. */
  List<Endpoint> flatten(List<Fault> faults) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Declaration declaration : declarations) {
      if (declaration instanceof EndpointGroup group) {
        group.flatten(faults).forEach(e -> endpoints.add(e.below(prefix, facets.values())));
      } else if (declaration instanceof Endpoint endpoint) {
        endpoints.add(endpoint.below(prefix, facets.values()));
      }
    }
    for (Endpoint endpoint : endpoints) {
      for (Class<? extends Facet> type : required) {
        if (endpoint.facet(type).isEmpty()) {
          faults.add(missing(endpoint, type));
        }
      }
    }
    return endpoints;
  }

  private Fault missing(Endpoint endpoint, Class<? extends Facet> type) {
    String name = type.getSimpleName();
    return new Fault(
        endpoint.toString(),
        name,
        "",
        "is required by the group \"" + prefix + "\"",
        "add .with(" + name + "...) to the endpoint or to the group");
  }
}
