package io.sallyport.security.policy;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.problem.ProblemType;
import java.util.Optional;

/** The access rule of an endpoint. Every endpoint behind an {@link AuthorizationFilter} has one. */
public final class Access implements Facet, Described {
  private static final Access AUTHENTICATED = new Access(Rule.AUTHENTICATED, "");
  private static final Access PUBLIC = new Access(Rule.PUBLIC, "");

  private final Rule rule;
  private final String action;

  private Access(Rule rule, String action) {
    this.rule = rule;
    this.action = action;
  }

  /**
   * Callers for whom the policy permits {@code action}.
   *
   * @throws IllegalArgumentException if {@code action} is not a name of letters, digits, {@code . _
   *     : -}
   */
  public static Access action(String action) {
    if (!requireNonNull(action, "action").matches("[A-Za-z][A-Za-z0-9._:-]{0,99}")) {
      throw new IllegalArgumentException(
          "action must begin with a letter and hold letters, digits and . _ : - only, was \""
              + action
              + "\"");
    }
    return new Access(Rule.ACTION, action);
  }

  /** Every authenticated caller, without asking the policy. */
  public static Access anyAuthenticated() {
    return AUTHENTICATED;
  }

  /** Everyone, without a token. */
  public static Access publiclyAccessible() {
    return PUBLIC;
  }

  /** The action that the policy is asked about; empty for the rules that do not ask it. */
  public Optional<String> action() {
    return rule == Rule.ACTION ? Optional.of(action) : Optional.empty();
  }

  /** Whether the endpoint is open to everyone. */
  public boolean isPublic() {
    return rule == Rule.PUBLIC;
  }

  @Override
  public void describe(OperationDescription operation) {
    if (rule == Rule.PUBLIC) {
      operation.openToEveryone();
      return;
    }
    operation.refuses(ProblemType.UNAUTHENTICATED);
    if (rule == Rule.ACTION) {
      operation.requires(action).refuses(ProblemType.FORBIDDEN);
    }
  }

  @Override
  public String toString() {
    return rule == Rule.ACTION
        ? "action " + action
        : rule.name().toLowerCase(java.util.Locale.ROOT);
  }

  private enum Rule {
    ACTION,
    AUTHENTICATED,
    PUBLIC
  }
}
