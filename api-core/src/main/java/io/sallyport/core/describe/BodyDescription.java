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
 * @param kind what it says of {@code type}
 */
public record BodyDescription(
    String mediaType,
    Type type,
    long maxBytes,
    boolean openToUnknownFields,
    int maxStringLength,
    int maxItems,
    Kind kind) {
  public BodyDescription {
    requireNonNull(mediaType, "mediaType");
    requireNonNull(type, "type");
    requireNonNull(kind, "kind");
  }

  /** What a body says of its type. */
  public enum Kind {
    /** It is a value of the type. */
    VALUE,
    /** It is a value of the type in fields, none of which can be null. */
    FORM,
    /** It is a change of a value of the type: a JSON Merge Patch, RFC 7396. */
    MERGE_PATCH,
    /** It is a change of a value of the type: a JSON Patch, RFC 6902. */
    JSON_PATCH
  }

  /** A body of {@code mediaType} and {@code type}, about which no more is said. */
  public static BodyDescription of(String mediaType, Type type) {
    return new BodyDescription(mediaType, type, 0, false, 0, 0, Kind.VALUE);
  }

  /** This body as another {@code kind}. */
  public BodyDescription as(Kind kind) {
    return new BodyDescription(
        mediaType, type, maxBytes, openToUnknownFields, maxStringLength, maxItems, kind);
  }
}
