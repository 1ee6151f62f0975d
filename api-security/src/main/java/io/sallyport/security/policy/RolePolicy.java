package io.sallyport.security.policy;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Role-based access: a caller may do what one of its roles is granted, and nothing else. Immutable.
 *
 * <pre>{@code
 * RolePolicy.builder()
 *     .grant("viewer", "listInvoices", "readInvoice")
 *     .grant("accountant", "listInvoices", "readInvoice", "createInvoice")
 *     .build();
 * }</pre>
 */
public final class RolePolicy implements Policy {
  private static final AccessDecision DENIED = AccessDecision.deny("no-role-grants-it");

  private final Map<String, Map<String, AccessDecision>> allowedByAction;

  private RolePolicy(Map<String, Map<String, AccessDecision>> allowedByAction) {
    this.allowedByAction = allowedByAction;
  }

  /** Begins a policy that grants nothing. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public AccessDecision decide(AccessRequest request) {
    Map<String, AccessDecision> byRole = allowedByAction.get(request.action());
    if (byRole != null) {
      for (String role : request.principal().roles()) {
        AccessDecision allowed = byRole.get(role);
        if (allowed != null) {
          return allowed;
        }
      }
    }
    return DENIED;
  }

  @Override
  public Set<String> neverAllowed(Set<String> actions) {
    Set<String> never = new TreeSet<>(actions);
    never.removeAll(allowedByAction.keySet());
    return never;
  }

  /** Collects grants. Not safe for concurrent use. */
  public static final class Builder {
    private final Map<String, Map<String, AccessDecision>> allowedByAction = new HashMap<>();

    private Builder() {}

    /**
     * Grants {@code actions} to {@code role}.
     *
     * @throws IllegalArgumentException if the role is not 1 to 100 letters, digits and {@code . _ :
     *     -}, or no action is named
     */
    public Builder grant(String role, String... actions) {
      if (!requireNonNull(role, "role").matches("[A-Za-z0-9._:-]{1,100}")) {
        throw new IllegalArgumentException(
            "role must be 1 to 100 letters, digits and . _ : -, was \"" + role + "\"");
      }
      if (actions.length == 0) {
        throw new IllegalArgumentException(
            "role \"" + role + "\" is granted no action; name some, or leave the role out");
      }
      AccessDecision allowed = AccessDecision.allow("role-" + role);
      for (String action : actions) {
        allowedByAction.computeIfAbsent(action, any -> new HashMap<>()).put(role, allowed);
      }
      return this;
    }

    /** The policy. */
    public RolePolicy build() {
      Map<String, Map<String, AccessDecision>> copy = new HashMap<>();
      allowedByAction.forEach((action, byRole) -> copy.put(action, Map.copyOf(byRole)));
      return new RolePolicy(Map.copyOf(copy));
    }
  }
}
