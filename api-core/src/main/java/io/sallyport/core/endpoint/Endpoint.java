package io.sallyport.core.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One declared endpoint: a method, a path template, an id, and its facets.
 *
 * <p>Immutable; every method that adds something returns a new endpoint. A template is a path whose
 * segments are literal or a variable in braces, such as {@code /v1/invoices/{id}}, relative to the
 * application's context path. Nothing is checked here, so that {@link Endpoints} can report all
 * faults of a table together.
 */
public final class Endpoint implements Declaration {
  private final String method;
  private final String path;
  private final String id;
  private final Map<Class<? extends Facet>, Facet> facets;
  // The same facets as they are handed out: every guard asks for its own with each request.
  private final Map<Class<? extends Facet>, Optional<Facet>> found;

  private Endpoint(
      String method, String path, String id, Map<Class<? extends Facet>, Facet> facets) {
    this.method = requireNonNull(method, "method");
    this.path = requireNonNull(path, "path");
    this.id = requireNonNull(id, "id");
    this.facets = facets;
    this.found = new HashMap<>();
    facets.forEach((type, facet) -> found.put(type, Optional.of(facet)));
  }

  /** An endpoint for any method; the named factories serve the common ones. */
  public static Endpoint endpoint(String method, String path) {
    return new Endpoint(method, path, method + " " + path, Map.of());
  }

  /** A {@code GET} endpoint; it answers {@code HEAD} as well unless that is declared apart. */
  public static Endpoint get(String path) {
    return endpoint("GET", path);
  }

  /** A {@code POST} endpoint. */
  public static Endpoint post(String path) {
    return endpoint("POST", path);
  }

  /** A {@code PUT} endpoint. */
  public static Endpoint put(String path) {
    return endpoint("PUT", path);
  }

  /** A {@code PATCH} endpoint. */
  public static Endpoint patch(String path) {
    return endpoint("PATCH", path);
  }

  /** A {@code DELETE} endpoint. */
  public static Endpoint delete(String path) {
    return endpoint("DELETE", path);
  }

  /** Declarations below a common path prefix, which may share facets. */
  public static EndpointGroup under(String prefix, Declaration... declarations) {
    return EndpointGroup.of(prefix, declarations);
  }

  /** This endpoint under a stable name, unique in its table; without one it is method and path. */
  public Endpoint id(String id) {
    return new Endpoint(method, path, id, facets);
  }

  /** This endpoint with {@code facet}, which replaces an earlier one of the same type. */
  public Endpoint with(Facet facet) {
    Map<Class<? extends Facet>, Facet> more = new LinkedHashMap<>(facets);
    more.put(facet.type(), facet);
    return new Endpoint(method, path, id, more);
  }

  Endpoint below(String prefix, Collection<Facet> defaults) {
    Map<Class<? extends Facet>, Facet> merged = new LinkedHashMap<>();
    defaults.forEach(facet -> merged.put(facet.type(), facet));
    merged.putAll(facets);
    boolean unnamed = id.equals(method + " " + path);
    String whole = prefix + path;
    return new Endpoint(method, whole, unnamed ? method + " " + whole : id, merged);
  }

  /** The request method, upper case. */
  public String method() {
    return method;
  }

  /** The path template, as declared, with the prefixes of its groups. */
  public String path() {
    return path;
  }

  /** The stable name. */
  public String id() {
    return id;
  }

  /** The facet of {@code type}, if this endpoint has one. */
  @SuppressWarnings("unchecked") // a facet stands under its own type, see Facet.type()
  public <F extends Facet> Optional<F> facet(Class<F> type) {
    return (Optional<F>) found.getOrDefault(type, Optional.empty());
  }

  /** All facets, a group's first. */
  public Collection<Facet> facets() {
    return java.util.Collections.unmodifiableCollection(facets.values());
  }

  /** Method and path template, which is how faults name this endpoint. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
