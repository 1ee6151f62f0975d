package io.sallyport.core.endpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint table of an application: what is not in it does not exist.
 *
 * <p>Immutable and safe for concurrent use. A table with faults can be built, so that its faults
 * and those of the guards are reported together, but nothing serves from it: {@link #route} throws,
 * and a filter or chain over it does not start.
 */
public final class Endpoints {
  // TRACE reflects a request with its credentials; CONNECT asks for a tunnel.
  private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "CONNECT");

  private final List<Endpoint> all;
  private final List<Fault> faults;
  private final EndpointTrie trie;
  private final boolean undeclaredPassesThrough;

  private Endpoints(
      List<Endpoint> all, List<Fault> faults, EndpointTrie trie, boolean undeclaredPassesThrough) {
    this.all = all;
    this.faults = faults;
    this.trie = trie;
    this.undeclaredPassesThrough = undeclaredPassesThrough;
  }

  /** The table of all {@code declarations}, with their faults, if any, in {@link #faults}. */
  public static Endpoints of(Declaration... declarations) {
    List<Fault> faults = new ArrayList<>();
    List<Endpoint> all = new ArrayList<>();
    for (Declaration declaration : declarations) {
      if (declaration instanceof EndpointGroup group) {
        all.addAll(group.flatten(faults));
      } else if (declaration instanceof Endpoint endpoint) {
        all.add(endpoint);
      }
    }
    EndpointTrie trie = new EndpointTrie();
    Map<String, Endpoint> ids = new HashMap<>();
    Map<String, Endpoint> shapes = new HashMap<>();
    for (Endpoint endpoint : all) {
      checkMethod(endpoint, faults);
      int before = faults.size();
      PathTemplate template = PathTemplate.parse(endpoint, faults);
      // One mistake is one fault: a template that is wrong is not compared with others as well.
      boolean comparable = faults.size() == before;
      String shape = endpoint.method() + " " + template.shape();
      Endpoint same = comparable ? shapes.putIfAbsent(shape, endpoint) : null;
      if (same != null) {
        faults.add(sameShape(endpoint, same));
      } else if (comparable) {
        trie.add(endpoint, template);
      }
      checkId(endpoint, ids, same, faults);
      endpoint.facets().forEach(facet -> faults.addAll(facet.faults(endpoint)));
    }
    return new Endpoints(List.copyOf(all), List.copyOf(faults), trie, false);
  }

  /**
   * This table for an application that declares only some of its endpoints: a path that is not
   * declared passes through to whatever stands behind the filters, unguarded. Hostile paths are
   * refused all the same, and authorization still refuses what is not declared.
   */
  public Endpoints undeclaredPassesThrough() {
    return new Endpoints(all, faults, trie, true);
  }

  /** Whether {@link #undeclaredPassesThrough()} was asked for. */
  public boolean letsUndeclaredPass() {
    return undeclaredPassesThrough;
  }

  /** All endpoints, in the order of their declaration. */
  public List<Endpoint> all() {
    return all;
  }

  /** What is wrong with the table; empty when it may serve. */
  public List<Fault> faults() {
    return faults;
  }

  /**
   * Where a request leads.
   *
   * @param method the method of the request line, case-sensitive
   * @param rawPath the path of the request line, not decoded, below the context path
   * @throws IllegalStateException if this table has faults
   */
  public Route route(String method, String rawPath) {
    if (!faults.isEmpty()) {
      throw new IllegalStateException("a table with faults serves nothing: " + faults);
    }
    SafePath path;
    try {
      path = SafePath.parse(rawPath);
    } catch (MalformedPathException e) {
      return new Route.Malformed(e.reason());
    }
    EndpointTrie.Resource resource = trie.find(path);
    if (resource == null) {
      return new Route.Undeclared(path);
    }
    Endpoint endpoint = resource.endpoint(method);
    if (endpoint != null) {
      List<String> variables = resource.variables(endpoint);
      return new Route.Matched(endpoint, variables, values(endpoint, variables, path), path);
    }
    String template = resource.any().path();
    return method.equals("OPTIONS")
        ? new Route.Options(template, resource.allow())
        : new Route.MethodNotAllowed(template, resource.allow());
  }

  private static List<String> values(Endpoint endpoint, List<String> variables, SafePath path) {
    if (variables.isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>(variables.size());
    int at = 0;
    String template = endpoint.path();
    for (String segment : path.segments()) {
      int next = template.indexOf('/', at + 1);
      if (template.charAt(at + 1) == '{') {
        values.add(segment);
      }
      at = next;
    }
    return values;
  }

  private static void checkMethod(Endpoint endpoint, List<Fault> faults) {
    String method = endpoint.method();
    if (!method.matches("[A-Z][A-Z-]*")) {
      faults.add(
          new Fault(
              endpoint.toString(),
              "method",
              method,
              "must be an upper-case method name",
              "write \"GET\", \"POST\" and so on; methods are case-sensitive"));
    } else if (REFUSED_METHODS.contains(method)) {
      faults.add(
          new Fault(
              endpoint.toString(),
              "method",
              method,
              "must not be TRACE or CONNECT",
              "remove the endpoint; no API needs these methods and both are abused"));
    }
  }

  private static void checkId(
      Endpoint endpoint, Map<String, Endpoint> ids, @Nullable Endpoint twin, List<Fault> faults) {
    Endpoint same = ids.putIfAbsent(endpoint.id(), endpoint);
    boolean unnamed = endpoint.id().equals(endpoint.toString());
    if (same != null && !(unnamed && same == twin)) {
      faults.add(
          new Fault(
              endpoint.toString(),
              "id",
              endpoint.id(),
              "must be unique, and " + same + " has it already",
              "give one of the two another .id(...)"));
    }
    if (endpoint.id().isBlank()) {
      faults.add(
          new Fault(
              endpoint.toString(),
              "id",
              endpoint.id(),
              "must not be blank",
              "name the operation, for example .id(\"listInvoices\")"));
    }
  }

  private static Fault sameShape(Endpoint endpoint, Endpoint same) {
    return new Fault(
        endpoint.toString(),
        "path",
        endpoint.path(),
        "must not match the same requests as " + same,
        "remove one of the two, or change its path");
  }
}
