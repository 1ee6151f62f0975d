package io.sallyport.core.cache;

import io.sallyport.core.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** What a write makes out of date, here and on the other nodes. */
final class ResponseInvalidation {
  private static final String CACHE = "responses";

  private final Generations generations = new Generations();
  private final InvalidationBus bus;

  ResponseInvalidation(InvalidationBus bus) {
    this.bus = bus;
    bus.subscribe(
        CACHE,
        new InvalidationBus.Listener() {
          @Override
          public void invalidated(String scope) {
            generations.invalidate(scope);
          }

          @Override
          public void lost() {
            generations.invalidateAll();
          }
        });
  }

  /** What an answer depends on, as of now. */
  Generations.Stamp stamp(Endpoint endpoint, boolean shared, String tenant, String path) {
    return generations.stamp(
        shared ? ofShared(endpoint.id()) : ofTenant(endpoint.id(), tenant),
        ofAll(endpoint.id()),
        ofPath(path));
  }

  /** A write at {@code path} may have taken effect. */
  void written(Endpoint endpoint, String tenant, String path) {
    List<String> scopes = new ArrayList<>();
    scopes.add(ofPath(path));
    endpoint
        .facet(Invalidates.class)
        .ifPresent(
            facet -> {
              for (String id : facet.endpointIds()) {
                if (facet.ofAllTenants()) {
                  scopes.add(ofAll(id));
                } else {
                  scopes.add(ofTenant(id, tenant));
                  scopes.add(ofShared(id));
                }
              }
            });
    // Here first, and all of it: this node must not depend on the bus.
    scopes.forEach(generations::invalidate);
    scopes.forEach(scope -> bus.publish(CACHE, scope));
  }

  void clear() {
    generations.invalidateAll();
  }

  private static String ofTenant(String id, String tenant) {
    return "tenant " + id + " " + tenant;
  }

  private static String ofShared(String id) {
    return "shared " + id;
  }

  private static String ofAll(String id) {
    return "all " + id;
  }

  private static String ofPath(String path) {
    return "path " + path;
  }
}
