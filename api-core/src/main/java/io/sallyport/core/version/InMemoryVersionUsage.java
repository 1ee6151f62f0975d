package io.sallyport.core.version;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts in the memory of this process, up to a number of entries; whoever comes after that is
 * counted together with the others of the same version and endpoint, under {@link #OTHERS}.
 *
 * <p>A counted request costs one look-up and no lock. Days are those of UTC.
 */
public final class InMemoryVersionUsage implements VersionUsage {
  private static final int LONGEST_CALLER = 512;

  private final int maxEntries;
  private final InstantSource clock;
  private final Map<Key, Count> counts = new ConcurrentHashMap<>();
  private final AtomicInteger entries = new AtomicInteger();

  /**
   * Keeps up to {@code maxEntries} entries, and one more for each version of an endpoint that
   * overflows; those are as many as are declared.
   */
  public InMemoryVersionUsage(int maxEntries, InstantSource clock) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be at least 1, was " + maxEntries);
    }
    this.maxEntries = maxEntries;
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public void used(String version, String endpoint, String caller) {
    long today = Math.floorDiv(clock.instant().getEpochSecond(), 86_400L);
    // The length of a caller's key is a client's, within the size of a token.
    boolean fits = caller.length() <= LONGEST_CALLER;
    Count count = fits ? find(new Key(version, endpoint, caller), today) : null;
    if (count == null) {
      count = counts.computeIfAbsent(new Key(version, endpoint, OTHERS), any -> new Count(today));
    }
    count.add(today);
  }

  private @Nullable Count find(Key key, long today) {
    Count known = counts.get(key);
    if (known != null) {
      return known;
    }
    // Room is taken before the entry is made, so that threads together cannot make too many.
    if (entries.get() >= maxEntries || entries.incrementAndGet() > maxEntries) {
      return null;
    }
    Count fresh = new Count(today);
    Count raced = counts.putIfAbsent(key, fresh);
    if (raced != null) {
      entries.decrementAndGet();
      return raced;
    }
    return fresh;
  }

  /** What was counted so far, by version, endpoint and caller. */
  public List<Use> uses() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue().of(entry.getKey()))
        .sorted(
            Comparator.comparing(Use::version)
                .thenComparing(Use::endpoint)
                .thenComparing(Use::caller))
        .toList();
  }

  /**
   * How often a caller used a version of an endpoint.
   *
   * @param version the name of the version, or {@link #UNKNOWN}
   * @param endpoint the id of the endpoint
   * @param caller the key of the caller, {@link #ANONYMOUS} or {@link #OTHERS}
   * @param firstSeen the day of the first request
   * @param lastSeen the day of the last one
   * @param requests how many there were
   */
  public record Use(
      String version,
      String endpoint,
      String caller,
      LocalDate firstSeen,
      LocalDate lastSeen,
      long requests) {}

  private record Key(String version, String endpoint, String caller) {}

  private static final class Count {
    private final long firstDay;
    private final LongAdder requests = new LongAdder();
    private volatile long lastDay;

    Count(long today) {
      firstDay = today;
      lastDay = today;
    }

    void add(long today) {
      requests.increment();
      // Read first: a write for each request would make every processor fetch the line again.
      if (lastDay != today) {
        lastDay = today;
      }
    }

    Use of(Key key) {
      return new Use(
          key.version(),
          key.endpoint(),
          key.caller(),
          LocalDate.ofEpochDay(firstDay),
          LocalDate.ofEpochDay(lastDay),
          requests.sum());
    }
  }
}
