package io.sallyport.core.version;

import java.util.Optional;

/**
 * One range of an {@code Accept} field, RFC 9110 section 12.5.1, in lower case but for its version.
 *
 * @param type the type and the subtype, {@code *} for any
 * @param version the parameter {@code version}
 * @param quality the weight in thousandths, 0 to 1000
 */
record AcceptRange(String type, Optional<String> version, int quality) {
  /** Whether this range is a wildcard that {@code mediaType} is in. */
  boolean isWildcardFor(String mediaType) {
    return type.equals("*/*")
        || (type.endsWith("/*")
            && mediaType.startsWith(type.substring(0, type.length() - 1))
            && version.isEmpty());
  }
}
