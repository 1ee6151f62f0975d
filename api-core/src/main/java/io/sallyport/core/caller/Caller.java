package io.sallyport.core.caller;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.ServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who was authenticated. Immutable.
 *
 * @param subject the subject, unique within {@code issuer}
 * @param issuer who vouches for the subject
 * @param roles the roles granted, empty when there are none
 * @param attributes verified claims by name: strings, numbers, booleans, lists and maps of these,
 *     never a token or another secret
 */
public record Caller(
    String subject, String issuer, Set<String> roles, Map<String, Object> attributes) {
  private static final String ATTRIBUTE = Caller.class.getName();

  public Caller {
    if (requireNonNull(subject, "subject").isEmpty()) {
      throw new IllegalArgumentException("subject must not be empty");
    }
    requireNonNull(issuer, "issuer");
    roles = Set.copyOf(roles);
    attributes = Map.copyOf(attributes);
  }

  /** Who was authenticated for {@code request}; empty for an anonymous one. */
  public static Optional<Caller> of(ServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
  }

  /** Makes {@link #of} find this caller. For authentication filters only. */
  public void bindTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** The attribute {@code name} where it is a string. */
  public Optional<String> text(String name) {
    return attributes.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * A name that is unique over all issuers, for limits and keys. The length of the issuer is part
   * of it, so that no two pairs of issuer and subject share one.
   */
  public String key() {
    return issuer.length() + ":" + issuer + ":" + subject;
  }

  /** Subject and issuer, without attributes: those may be personal data. */
  @Override
  public String toString() {
    return subject + "@" + issuer;
  }
}
