package io.sallyport.security.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.AccessDecision;
import io.sallyport.security.policy.AccessRequest;
import io.sallyport.security.policy.Authorizer;
import io.sallyport.security.policy.Policy;
import io.sallyport.security.policy.RolePolicy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolePolicyTest extends PolicyContract {
  private final Policy policy =
      RolePolicy.builder().grant("viewer", "listInvoices").grant("clerk", "payInvoice").build();

  @Override
  protected Policy policy() {
    return policy;
  }

  @Override
  protected AccessRequest allowed() {
    return new AccessRequest(caller("viewer"), "listInvoices", Map.of(), Map.of());
  }

  private static Caller caller(String... roles) {
    return new Caller("ann", "https://idp.example", Set.of(roles), Map.of());
  }

  @Test
  void aCallerMayDoWhatAnyOfItsRolesIsGranted() {
    Authorizer authorizer = new Authorizer(policy);

    assertThat(authorizer.permits(caller("viewer", "clerk"), "payInvoice")).isTrue();
    assertThat(authorizer.permits(caller("viewer"), "payInvoice")).isFalse();
  }

  @Test
  void theServiceLayerIsRefusedWithForbidden() {
    Authorizer authorizer = new Authorizer(policy);

    authorizer.require(caller("clerk"), "payInvoice");
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> authorizer.require(caller("viewer"), "payInvoice"));

    assertThat(refused.problem().status()).isEqualTo(403);
  }

  @Test
  void actionsThatNoRoleIsGrantedAreNeverAllowed() {
    assertThat(policy.neverAllowed(Set.of("listInvoices", "misspelt"))).containsOnly("misspelt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "\u00e4"})
  void aRoleThatCouldBreakALogLineIsRefused(String role) {
    assertThatThrownBy(() -> RolePolicy.builder().grant(role, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRoleThatIsGrantedNothingIsRefused() {
    assertThatThrownBy(() -> RolePolicy.builder().grant("viewer"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1a", "a\n", "*"})
  void anActionIsAName(String action) {
    assertThatThrownBy(() -> Access.action(action)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "because the caller\nis evil", "a b"})
  void theReasonOfADecisionIsACode(String reason) {
    assertThatThrownBy(() -> AccessDecision.deny(reason))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
