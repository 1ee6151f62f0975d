package io.sallyport.security.policy;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a policy, from a filter or from the service layer, and denies when the policy fails. Safe
 * for concurrent use.
 */
public final class Authorizer {
  private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);
  private static final AccessDecision FAILED = AccessDecision.deny("policy-failed");

  private final Policy policy;

  /** Asks {@code policy}. */
  public Authorizer(Policy policy) {
    this.policy = requireNonNull(policy, "policy");
  }

  /** Decides about {@code request}; a policy that throws or answers nothing denies. */
  public AccessDecision decide(AccessRequest request) {
    try {
      AccessDecision decision = policy.decide(request);
      return decision == null ? FAILED : decision;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error("policy failed on action {}, so it was denied", request.action(), e);
      return FAILED;
    }
  }

  /** Whether {@code caller} may do {@code action} to {@code resource}. */
  public boolean permits(Caller caller, String action, Map<String, Object> resource) {
    return decide(new AccessRequest(caller, action, resource, Map.of())).allowed();
  }

  /**
   * Returns if {@code caller} may do {@code action} to {@code resource}.
   *
   * @throws ProblemException with status 403 if not
   */
  public void require(Caller caller, String action, Map<String, Object> resource) {
    if (!permits(caller, action, resource)) {
      throw new ProblemException(Problem.of(ProblemType.FORBIDDEN));
    }
  }

  /** Whether {@code caller} may do {@code action}, which is about no particular resource. */
  public boolean permits(Caller caller, String action) {
    return permits(caller, action, Map.of());
  }

  /**
   * Returns if {@code caller} may do {@code action}, which is about no particular resource.
   *
   * @throws ProblemException with status 403 if not
   */
  public void require(Caller caller, String action) {
    require(caller, action, Map.of());
  }

  Policy policy() {
    return policy;
  }
}
