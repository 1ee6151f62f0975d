package io.sallyport.core.cache;

import io.sallyport.core.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether, and for how long, a response may be kept: RFC 9111 section 3. */
final class Storability {
  private Storability() {}

  /** How long; empty if not at all. */
  static Optional<Duration> lifetime(ResponseCache cache, Recording.Complete response) {
    CacheControl control = CacheControl.parse(response.values("Cache-Control"));
    boolean forbidden =
        !cache.statuses().contains(response.status())
            || control.has("no-store")
            || control.has("no-cache")
            || (cache.shared() && control.has("private"))
            || !response.values("Set-Cookie").isEmpty()
            || !response.values("Content-Range").isEmpty()
            || variesByMore(cache, response.values("Vary"));
    if (forbidden) {
      return Optional.empty();
    }
    OptionalLong shared = cache.shared() ? control.seconds("s-maxage") : OptionalLong.empty();
    OptionalLong stated = shared.isPresent() ? shared : control.seconds("max-age");
    // The handler knows best, as long as it asks for less than was declared.
    Duration ttl =
        stated.isPresent() && stated.getAsLong() < cache.ttl().toSeconds()
            ? Duration.ofSeconds(stated.getAsLong())
            : cache.ttl();
    return ttl.isZero() ? Optional.empty() : Optional.of(ttl);
  }

  /** Whether the request lets this entry be used as it is, RFC 9111 section 5.2.1. */
  static boolean satisfies(CacheControl wish, Duration age, Duration ttl) {
    OptionalLong maxAge = wish.seconds("max-age");
    OptionalLong minFresh = wish.seconds("min-fresh");
    // What is stale is never used, so max-stale asks for nothing that could be given.
    return !wish.has("no-cache")
        && (maxAge.isEmpty() || age.toSeconds() <= maxAge.getAsLong())
        && (minFresh.isEmpty() || ttl.minus(age).toSeconds() >= minFresh.getAsLong());
  }

  // Answers that differ by a field that is not in the key must not share one.
  private static boolean variesByMore(ResponseCache cache, List<String> vary) {
    for (String line : vary) {
      for (String name : line.split(",", -1)) {
        String field = name.strip().toLowerCase(Locale.ROOT);
        if (!field.isEmpty() && !cache.vary().contains(field)) {
          return true;
        }
      }
    }
    return false;
  }
}
