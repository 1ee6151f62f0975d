package io.sallyport.core.openapi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Fixed bytes with their media type and entity tag. Immutable. */
final class Representation {
  // 96 bits tell versions of one document apart.
  private static final int TAG_BYTES = 12;

  private final byte[] bytes;
  private final String mediaType;
  private final String entityTag;

  Representation(byte[] bytes, String mediaType) {
    this.bytes = bytes.clone();
    this.mediaType = mediaType;
    this.entityTag = tag(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  String mediaType() {
    return mediaType;
  }

  /** A strong entity tag, RFC 9110 section 8.8.3. */
  String entityTag() {
    return entityTag;
  }

  /** Whether a field of {@code If-None-Match} names this, RFC 9110 section 13.1.2. */
  boolean isNamedBy(String field) {
    // Our tags hold neither comma nor quote, so that the list needs no parser.
    return Arrays.stream(field.split(",", -1))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(entityTag));
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      byte[] start = Arrays.copyOf(hash, TAG_BYTES);
      return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
