package io.sallyport.core.store;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What every store takes and refuses, in one place, so that backends can be exchanged. */
final class Limits {
  private Limits() {}

  /** {@code key} as UTF-8. */
  static byte[] utf8(String key) {
    checkKey(key);
    return key.getBytes(StandardCharsets.UTF_8);
  }

  static void checkKey(String key) {
    int bytes = 0;
    int length = requireNonNull(key, "key").length();
    for (int i = 0; i < length; i += Character.charCount(key.codePointAt(i))) {
      bytes += bytes(key.codePointAt(i), i);
      if (bytes > ExpiringStore.MAX_KEY_BYTES) {
        throw new IllegalArgumentException(
            "key must have at most "
                + ExpiringStore.MAX_KEY_BYTES
                + " bytes of UTF-8, had more; use a digest of what a client chose");
      }
    }
  }

  // Messages tell no part of the key: a client may have chosen it, or it may be a secret.
  private static int bytes(int codePoint, int index) {
    if (codePoint == 0) {
      throw new IllegalArgumentException("key must not contain NUL, had one at " + index);
    }
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      // UTF-8 has none: all of them would become one question mark, and their keys one key.
      throw new IllegalArgumentException(
          "key must not contain an unpaired surrogate, had one at " + index);
    }
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  static void checkValue(byte[] value, String name) {
    if (requireNonNull(value, name).length > ExpiringStore.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          name
              + " must have at most "
              + ExpiringStore.MAX_VALUE_BYTES
              + " bytes, had "
              + value.length);
    }
  }

  /** {@code ttl} in milliseconds, rounded up: an entry never goes before its time. */
  static long millis(Duration ttl) {
    if (requireNonNull(ttl, "ttl").isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl must be positive, was " + ttl);
    }
    if (ttl.compareTo(ExpiringStore.MAX_TTL) > 0) {
      throw new IllegalArgumentException(
          "ttl must be at most " + ExpiringStore.MAX_TTL + ", was " + ttl);
    }
    return ttl.plusNanos(999_999).toMillis();
  }
}
