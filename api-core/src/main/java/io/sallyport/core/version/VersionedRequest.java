package io.sallyport.core.version;

import jakarta.servlet.ServletRequest;
import java.util.Optional;

/**
 * The version that a request was decided to mean.
 *
 * @param version the version
 * @param mediaType what the answer is to be sent as; empty where the path tells the version
 */
public record VersionedRequest(Version version, String mediaType) {
  private static final String ATTRIBUTE = VersionedRequest.class.getName();

  /**
   * What {@code request} means.
   *
   * @throws IllegalStateException if no guard has decided that
   */
  public static VersionedRequest of(ServletRequest request) {
    return find(request)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no version; declare .with(Versioning....) on the endpoint and add a"
                        + " VersionFilter, not in shadow, to the chain"));
  }

  /** What {@code request} means, if that was decided. */
  public static Optional<VersionedRequest> find(ServletRequest request) {
    return Optional.ofNullable((VersionedRequest) request.getAttribute(ATTRIBUTE));
  }

  /** Makes {@link #of} find this. */
  void bindTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
