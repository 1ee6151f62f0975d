package io.sallyport.security.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.caller.Caller;
import io.sallyport.security.policy.AccessDecision;
import io.sallyport.security.policy.AccessRequest;
import io.sallyport.security.policy.Policy;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Policy} must do. */
public abstract class PolicyContract {
  /** An action that no policy knows. */
  protected static final String UNKNOWN_ACTION = "contract:noSuchAction";

  /** The policy under test. */
  protected abstract Policy policy();

  /** A request that {@link #policy} allows. */
  protected abstract AccessRequest allowed();

  @Test
  void whatIsGrantedIsAllowed() {
    assertThat(policy().decide(allowed()).allowed()).isTrue();
  }

  @Test
  void anActionThatItDoesNotKnowIsDenied() {
    AccessRequest request = allowed();

    AccessDecision decision =
        policy()
            .decide(
                new AccessRequest(
                    request.principal(), UNKNOWN_ACTION, request.resource(), request.context()));

    assertThat(decision.allowed()).isFalse();
  }

  @Test
  void aCallerOfWhomNothingIsKnownIsDenied() {
    AccessRequest request = allowed();
    Caller nobody = new Caller("nobody", "https://unknown.example", Set.of(), Map.of());

    AccessDecision decision =
        policy()
            .decide(
                new AccessRequest(nobody, request.action(), request.resource(), request.context()));

    assertThat(decision.allowed()).isFalse();
  }

  @Test
  void theSameRequestGetsTheSameDecisionHoweverManyAsk() {
    Policy policy = policy();
    AccessRequest request = allowed();
    AccessDecision first = policy.decide(request);

    boolean same =
        IntStream.range(0, 500).parallel().allMatch(i -> policy.decide(request).equals(first));

    assertThat(same).isTrue();
  }

  @Test
  void anActionThatItAllowsIsNotReportedAsNeverAllowed() {
    assertThat(policy().neverAllowed(Set.of(allowed().action()))).isEmpty();
  }
}
