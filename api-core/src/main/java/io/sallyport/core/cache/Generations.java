package io.sallyport.core.cache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What was invalidated, as counters by scope: an entry is good as long as the counters of its
 * scopes are what they were before it was computed. So nothing that was computed before an
 * invalidation is used after it, however late it arrives.
 *
 * <p>The number of counters is fixed. Scopes that share one are invalidated together, which costs a
 * computation and never an answer that is wrong.
 */
final class Generations {
  private static final int STRIPES = 4096;

  private final AtomicLongArray counters = new AtomicLongArray(STRIPES);
  private final AtomicLong all = new AtomicLong();

  /** The counters of {@code scopes} now; read before the computation begins. */
  Stamp stamp(String... scopes) {
    long[] seen = new long[scopes.length];
    int[] stripes = new int[scopes.length];
    long global = all.get();
    for (int i = 0; i < scopes.length; i++) {
      stripes[i] = stripe(scopes[i]);
      seen[i] = counters.get(stripes[i]);
    }
    return new Stamp(this, global, stripes, seen);
  }

  void invalidate(String scope) {
    counters.incrementAndGet(stripe(scope));
  }

  void invalidateAll() {
    all.incrementAndGet();
  }

  private static int stripe(String scope) {
    int hash = scope.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), STRIPES);
  }

  /** The counters of some scopes at one moment. */
  static final class Stamp {
    private final Generations generations;
    private final long global;
    private final int[] stripes;
    private final long[] seen;

    private Stamp(Generations generations, long global, int[] stripes, long[] seen) {
      this.generations = generations;
      this.global = global;
      this.stripes = stripes;
      this.seen = seen;
    }

    /** Whether nothing was invalidated since. */
    boolean isCurrent() {
      if (generations.all.get() != global) {
        return false;
      }
      for (int i = 0; i < stripes.length; i++) {
        if (generations.counters.get(stripes[i]) != seen[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
