package io.sallyport.security.policy;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import java.util.Map;

/**
 * What a policy is asked: may {@code principal} do {@code action} to {@code resource}.
 *
 * @param principal who asks, authenticated
 * @param action the declared action
 * @param resource what identifies the resource: the path variables of an endpoint, or what a
 *     service knows of it
 * @param context circumstances, such as {@code clientAddress}
 */
public record AccessRequest(
    Caller principal, String action, Map<String, Object> resource, Map<String, Object> context) {
  public AccessRequest {
    requireNonNull(principal, "principal");
    requireNonNull(action, "action");
    resource = Map.copyOf(resource);
    context = Map.copyOf(context);
  }
}
