package io.sallyport.ratelimit.limit;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.caller.ClientAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The keys under which requests are counted. Every part before the last carries its length, and the
 * last says what it is, so that no two limits and no caller and address share a key.
 */
final class LimitKey {
  // A subject is as long as its issuer likes; a longer one counts under its digest.
  private static final int MAX_CALLER_LENGTH = 128;

  private LimitKey() {}

  static String prefix(String endpointId, RateLimit.Limit limit) {
    String name = limit.quota().name();
    return endpointId.length() + ":" + endpointId + ":" + name.length() + ":" + name + ":";
  }

  static String of(
      String prefix, RateLimit.Per per, Optional<Caller> caller, ClientAddress address) {
    if (per != RateLimit.Per.CALLER || caller.isEmpty()) {
      return prefix + address(address);
    }
    String key = caller.get().key();
    return key.length() <= MAX_CALLER_LENGTH
        ? prefix + "caller:" + key
        : prefix + "digest:" + digest(key);
  }

  static String address(ClientAddress address) {
    return "address:" + address.clientKey();
  }

  private static String digest(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
