package io.sallyport.core.version;

import static java.util.Objects.requireNonNull;

/**
 * A {@code Link} that goes with a version, RFC 8288.
 *
 * @param relation a registered relation type
 * @param uri where it leads; a URI or a path, with what is not ASCII encoded
 */
public record VersionLink(String relation, String uri) {
  public VersionLink {
    if (!requireNonNull(relation, "relation").matches("[a-z][a-z0-9.-]*")) {
      throw new IllegalArgumentException(
          "relation must be a registered relation type, was " + relation);
    }
    if (!requireNonNull(uri, "uri").matches("[A-Za-z0-9%:/?#@!$&'()*+,;=._~-]+")) {
      throw new IllegalArgumentException("uri must be encoded after RFC 3986, was " + uri);
    }
  }

  /** The value of the field. */
  @Override
  public String toString() {
    return "<" + uri + ">; rel=\"" + relation + "\"";
  }
}
