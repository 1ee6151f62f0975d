package io.sallyport.core.cache;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import java.util.List;

/**
 * That a write makes cached answers of other endpoints out of date: those of every caller of the
 * writer's tenant, and those that all callers share. The answers for the path of the write itself
 * always go, RFC 9111 section 4.4.
 *
 * @param endpointIds the ids of the cached endpoints
 * @param ofAllTenants whether the answers of other tenants go as well
 */
public record Invalidates(List<String> endpointIds, boolean ofAllTenants) implements Facet {
  public Invalidates {
    endpointIds = List.copyOf(endpointIds);
  }

  /** This, for the answers of all tenants. */
  public Invalidates forAllTenants() {
    return new Invalidates(endpointIds, true);
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    String method = endpoint.method();
    return method.equals("GET") || method.equals("HEAD")
        ? List.of(
            new Fault(
                endpoint.toString(),
                "Invalidates",
                method,
                "must be on a method that is not safe",
                "remove it; a read changes nothing"))
        : List.of();
  }
}
