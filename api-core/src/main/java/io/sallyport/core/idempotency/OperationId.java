package io.sallyport.core.idempotency;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What names an operation: the digest of everything its key belongs to. It is the key of its record
 * and the reference that clients and operators see. It grants nothing, and the client's key cannot
 * be read from it.
 *
 * @param reference 43 characters of base64url
 */
public record OperationId(String reference) {
  private static final int LENGTH = 43;

  public OperationId {
    if (!isReference(requireNonNull(reference, "reference"))) {
      throw new IllegalArgumentException(
          "reference must be 43 characters of base64url; take it from a problem or a log line");
    }
  }

  /** The operation for {@code parts}, in their order; any two lists that differ, differ. */
  public static OperationId of(List<String> parts) {
    Sha256 digest = new Sha256("sallyport idempotency 1").add(parts.size());
    parts.forEach(digest::add);
    return new OperationId(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.value()));
  }

  /** Reads a reference; empty where it is none. */
  public static Optional<OperationId> parse(String reference) {
    return isReference(reference) ? Optional.of(new OperationId(reference)) : Optional.empty();
  }

  private static boolean isReference(String text) {
    return text.length() == LENGTH
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '_');
  }

  String storeKey() {
    return "idempotency/" + reference;
  }

  @Override
  public String toString() {
    return reference;
  }
}
