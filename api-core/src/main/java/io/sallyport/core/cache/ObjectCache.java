package io.sallyport.core.cache;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Single objects or computed aggregates, each for a limited time, bounded in number or weight.
 *
 * <p>Of many threads that miss one key, one loads and the others wait for it, for a bounded time.
 * Every key has a tag, such as its tenant, by which all its entries can be invalidated together.
 * With an {@link InvalidationBus} an invalidation reaches the other nodes as well. What was loaded
 * before an invalidation is never returned after it to whoever asks after it. Safe for concurrent
 * use; values must be immutable.
 */
public final class ObjectCache<K, V> {
  private final String name;
  private final Cache<K, Entry<V>> entries;
  private final Generations generations = new Generations();
  private final SingleFlight<K, Entry<V>> flights;
  private final Function<? super K, String> keyText;
  private final Function<? super K, String> tag;
  private final Duration ttl;
  private final Duration negativeTtl;
  private final LongSupplier nanoTime;
  private final InvalidationBus bus;

  private ObjectCache(Builder<K, V> builder) {
    this.name = builder.name;
    this.keyText = builder.keyText;
    this.tag = builder.tag;
    this.ttl = builder.ttl;
    this.negativeTtl = builder.negativeTtl;
    this.nanoTime = builder.nanoTime;
    this.bus = builder.bus;
    this.flights = new SingleFlight<>(builder.patience, builder.nanoTime);
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(builder.maxWeight)
            .weigher((K key, Entry<V> entry) -> weigh(builder.weigher, key, entry))
            .expireAfter(Expiry.<K, Entry<V>>creating((key, entry) -> entry.ttl()))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
    bus.subscribe(name, new FromOthers());
  }

  /**
   * Begins a cache.
   *
   * @param name its name on the bus, the same on every node
   * @param ttl how long an entry is used
   * @param maxEntries how many are kept, unless {@link Builder#weighing} says otherwise
   */
  public static <K, V> Builder<K, V> named(String name, Duration ttl, long maxEntries) {
    return new Builder<>(name, ttl, maxEntries);
  }

  /**
   * The value under {@code key}, loaded by {@code loader} if there is none. What {@code loader}
   * throws reaches its own caller only; of those who waited for it one loads next. An empty result
   * is kept only with {@link Builder#keepingAbsence}.
   */
  public Optional<V> get(K key, Function<? super K, Optional<V>> loader) {
    Entry<V> known = current(key);
    if (known != null) {
      return known.value();
    }
    SingleFlight.Seat<K, Entry<V>> seat = flights.board(key);
    if (seat.leads()) {
      return lead(seat, key, loader).value();
    }
    Optional<Entry<V>> brought = seat.brought().filter(entry -> entry.stamp().isCurrent());
    return brought.isPresent() ? brought.get().value() : load(key, loader).value();
  }

  private Entry<V> lead(
      SingleFlight.Seat<K, Entry<V>> seat, K key, Function<? super K, Optional<V>> loader) {
    Entry<V> loaded = null;
    try {
      // The flight before may have landed between the look at the cache and the boarding.
      Entry<V> known = current(key);
      loaded = known != null ? known : load(key, loader);
      return loaded;
    } finally {
      // What was invalidated meanwhile is of no use to the others, as a failure.
      if (loaded != null && loaded.stamp().isCurrent()) {
        seat.land(Optional.of(loaded));
      } else {
        seat.fail();
      }
    }
  }

  private Entry<V> load(K key, Function<? super K, Optional<V>> loader) {
    // Taken before the loader looks at anything.
    Generations.Stamp stamp = generations.stamp(ofKey(key), ofTag(tag.apply(key)));
    Optional<V> value = requireNonNull(loader.apply(key), "loaded");
    Duration lifetime = value.isPresent() ? ttl : negativeTtl;
    Entry<V> entry = new Entry<>(value, nanoTime.getAsLong(), lifetime, stamp);
    if (!lifetime.isZero() && stamp.isCurrent()) {
      entries.put(key, entry);
    }
    return entry;
  }

  private @Nullable Entry<V> current(K key) {
    Entry<V> entry = entries.getIfPresent(key);
    if (entry == null) {
      return null;
    }
    boolean tooOld = nanoTime.getAsLong() - entry.loadedAt() >= entry.ttl().toNanos();
    if (tooOld || !entry.stamp().isCurrent()) {
      entries.asMap().remove(key, entry);
      return null;
    }
    return entry;
  }

  /** Forgets {@code key}, on every node. Call it after the change is committed. */
  public void invalidate(K key) {
    invalidated(ofKey(key));
  }

  /** Forgets all keys of {@code tag}, on every node. Call it after the change is committed. */
  public void invalidateTag(String tag) {
    invalidated(ofTag(tag));
  }

  private void invalidated(String scope) {
    generations.invalidate(scope);
    bus.publish(name, scope);
  }

  /** How many entries there are, those that are out of date among them; approximate. */
  public long size() {
    entries.cleanUp();
    return entries.estimatedSize();
  }

  private String ofKey(K key) {
    return "key " + keyText.apply(key);
  }

  private static String ofTag(String tag) {
    return "tag " + tag;
  }

  private static <K, V> int weigh(
      ToIntBiFunction<? super K, ? super V> weigher, K key, Entry<V> entry) {
    return entry.value().map(value -> Math.max(1, weigher.applyAsInt(key, value))).orElse(1);
  }

  private record Entry<V>(
      Optional<V> value, long loadedAt, Duration ttl, Generations.Stamp stamp) {}

  private final class FromOthers implements InvalidationBus.Listener {
    @Override
    public void invalidated(String scope) {
      generations.invalidate(scope);
    }

    @Override
    public void lost() {
      generations.invalidateAll();
    }
  }

  /** Bounds and surroundings of a cache. Not safe for concurrent use. */
  public static final class Builder<K, V> {
    private final String name;
    private final Duration ttl;
    private long maxWeight;
    private ToIntBiFunction<? super K, ? super V> weigher = (key, value) -> 1;
    private Function<? super K, String> keyText = String::valueOf;
    private Function<? super K, String> tag = key -> "";
    private Duration negativeTtl = Duration.ZERO;
    private Duration patience = Duration.ofSeconds(5);
    private LongSupplier nanoTime = System::nanoTime;
    private InvalidationBus bus = InvalidationBus.none();

    private Builder(String name, Duration ttl, long maxEntries) {
      this.name = requireNonNull(name, "name");
      if (ttl.isNegative() || ttl.isZero()) {
        throw new IllegalArgumentException("ttl must be positive, was " + ttl);
      }
      if (maxEntries < 1) {
        throw new IllegalArgumentException("maxEntries must be at least 1, was " + maxEntries);
      }
      this.ttl = ttl;
      this.maxWeight = maxEntries;
    }

    /** Bounds the sum of what {@code weight} says instead of the number of entries. */
    public Builder<K, V> weighing(long maximum, ToIntBiFunction<? super K, ? super V> weight) {
      maxWeight = maximum;
      weigher = requireNonNull(weight, "weight");
      return this;
    }

    /**
     * Tells the keys apart on the bus by {@code function}, which must give the same text for equal
     * keys on every node; {@link Object#toString} without.
     */
    public Builder<K, V> keyText(Function<? super K, String> function) {
      keyText = requireNonNull(function, "function");
      return this;
    }

    /** The tag of a key, such as its tenant. */
    public Builder<K, V> tag(Function<? super K, String> function) {
      tag = requireNonNull(function, "function");
      return this;
    }

    /** Keeps for {@code time} that there is no value. */
    public Builder<K, V> keepingAbsence(Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("time must be positive, was " + time);
      }
      negativeTtl = time;
      return this;
    }

    /** Waits at most {@code wait} for another thread that loads; five seconds without. */
    public Builder<K, V> patience(Duration wait) {
      if (wait.isNegative() || wait.isZero()) {
        throw new IllegalArgumentException("wait must be positive, was " + wait);
      }
      patience = wait;
      return this;
    }

    /** Times with {@code clock}, in nanoseconds. */
    public Builder<K, V> nanoTime(LongSupplier clock) {
      nanoTime = requireNonNull(clock, "clock");
      return this;
    }

    /** Tells the other nodes, and hears from them. */
    public Builder<K, V> bus(InvalidationBus shared) {
      bus = requireNonNull(shared, "shared");
      return this;
    }

    /** The cache. */
    public ObjectCache<K, V> build() {
      return new ObjectCache<>(this);
    }
  }
}
