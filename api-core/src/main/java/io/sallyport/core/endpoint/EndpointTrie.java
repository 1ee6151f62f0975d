package io.sallyport.core.endpoint;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a table as a trie over path segments: a look-up costs one hash access a segment,
 * however many endpoints there are.
 *
 * <p>A literal segment wins over a variable, leftmost first. The resource is found by its path
 * alone and the method is asked afterwards: a method that the more specific resource lacks is never
 * looked for on a less specific one, which would widen access by surprise.
 */
final class EndpointTrie {
  private final Node root = new Node();

  /** Adds an endpoint; the table has made sure that method and shape are not taken. */
  void add(Endpoint endpoint, PathTemplate template) {
    Node node = root;
    for (String segment : template.segments()) {
      node = PathTemplate.isVariable(segment) ? node.variable() : node.literal(segment);
    }
    node.add(endpoint, template.variables());
  }

  /** The resource at {@code path}, if one is declared. */
  @Nullable Resource find(SafePath path) {
    return find(root, path.segments(), 0);
  }

  private static @Nullable Resource find(Node node, List<String> segments, int depth) {
    if (depth == segments.size()) {
      return node.resource;
    }
    String segment = segments.get(depth);
    Node literal = node.literals.get(segment);
    if (literal != null) {
      Resource found = find(literal, segments, depth + 1);
      if (found != null) {
        return found;
      }
    }
    // A variable never takes the empty segment of a trailing slash: that path is another one.
    if (node.variable == null || segment.isEmpty()) {
      return null;
    }
    return find(node.variable, segments, depth + 1);
  }

  /** The endpoints of one path template, by method. */
  static final class Resource {
    private final Map<String, Endpoint> methods = new LinkedHashMap<>();
    private final Map<String, List<String>> variables = new HashMap<>();
    private String allow = "";

    Endpoint any() {
      return methods.values().iterator().next();
    }

    /**
     * The endpoint for {@code method}; {@code GET} answers {@code HEAD}, RFC 9110 section 9.3.2.
     */
    @Nullable Endpoint endpoint(String method) {
      Endpoint exact = methods.get(method);
      return exact == null && method.equals("HEAD") ? methods.get("GET") : exact;
    }

    List<String> variables(Endpoint endpoint) {
      return variables.getOrDefault(endpoint.method(), List.of());
    }

    /** The value of the {@code Allow} field, RFC 9110 section 10.2.1. */
    String allow() {
      return allow;
    }

    private void add(Endpoint endpoint, List<String> names) {
      methods.put(endpoint.method(), endpoint);
      variables.put(endpoint.method(), names);
      TreeSet<String> allowed = new TreeSet<>(methods.keySet());
      allowed.add("OPTIONS");
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      allow = String.join(", ", allowed);
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node variable;
    private @Nullable Resource resource;

    Node literal(String segment) {
      return literals.computeIfAbsent(segment, any -> new Node());
    }

    Node variable() {
      Node node = variable;
      if (node == null) {
        node = new Node();
        variable = node;
      }
      return node;
    }

    void add(Endpoint endpoint, List<String> names) {
      Resource found = resource;
      if (found == null) {
        found = new Resource();
        resource = found;
      }
      found.add(endpoint, names);
    }
  }
}
