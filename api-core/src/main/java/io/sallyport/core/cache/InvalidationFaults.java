package io.sallyport.core.cache;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Invalidations that name no cached endpoint: a misspelt one would serve what is out of date. */
final class InvalidationFaults {
  private InvalidationFaults() {}

  static List<Fault> of(Endpoints endpoints) {
    Set<String> cached = new HashSet<>();
    for (Endpoint endpoint : endpoints.all()) {
      if (endpoint.facet(ResponseCache.class).isPresent()) {
        cached.add(endpoint.id());
      }
    }
    List<Fault> faults = new ArrayList<>();
    for (Endpoint endpoint : endpoints.all()) {
      endpoint
          .facet(Invalidates.class)
          .ifPresent(
              facet -> {
                for (String id : facet.endpointIds()) {
                  if (!cached.contains(id)) {
                    faults.add(unknown(endpoint, id));
                  }
                }
              });
    }
    return faults;
  }

  private static Fault unknown(Endpoint endpoint, String id) {
    return new Fault(
        endpoint.toString(),
        "Invalidates",
        id,
        "must be the id of an endpoint with a ResponseCache",
        "correct the id, or remove it");
  }
}
