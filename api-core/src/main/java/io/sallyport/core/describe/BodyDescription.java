package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;

/**
 * A body that an endpoint takes or answers with.
 *
 * @param mediaType its media type, without parameters
 * @param type the Java type that it is bound to or written from; {@code Object} for any content
 * @param maxBytes the most bytes that it may have; 0 where that is not said
 * @param openToUnknownFields whether fields that the type does not have are let through
 * @param maxStringLength the longest string in it; 0 where that is not said
 * @param maxItems the most items that an array in it can have; 0 where that is not said
 */
public record BodyDescription(
    String mediaType,
    Type type,
    long maxBytes,
    boolean openToUnknownFields,
    int maxStringLength,
    int maxItems) {
  public BodyDescription {
    requireNonNull(mediaType, "mediaType");
    requireNonNull(type, "type");
  }

  /** A body of {@code mediaType} and {@code type}, about which no more is said. */
  public static BodyDescription of(String mediaType, Type type) {
    return new BodyDescription(mediaType, type, 0, false, 0, 0);
  }
}
