package io.sallyport.core.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.InMemoryExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import io.sallyport.core.testing.FakeNanoTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InMemoryExpiringStoreProperties {
  private static final int MAX_ENTRIES = 5;

  /** What the caller may do, and after it how long nothing happens. */
  record Step(String operation, String key, String expected, String value, long ttl, long pause) {}

  private record Kept(String value, long expiresAt) {}

  @Property(tries = 500)
  void answersAsAMapWithTimesDoesAndCountsExactly(@ForAll("steps") List<Step> steps) {
    FakeNanoTime clock = new FakeNanoTime();
    InMemoryExpiringStore store = ExpiringStore.inMemory(MAX_ENTRIES, 4_194_304, clock);
    Map<String, Kept> truth = new HashMap<>();
    long now = 0;

    for (Step step : steps) {
      long at = now;
      truth.values().removeIf(kept -> kept.expiresAt <= at);

      check(store, truth, step, now);

      assertThat(store.entries()).isBetween((long) truth.size(), (long) MAX_ENTRIES);
      clock.advance(Duration.ofMillis(step.pause));
      now += step.pause;
    }
    clock.advance(Duration.ofHours(1));
    assertThat(store.entries()).isZero();
    assertThat(store.bytes()).isZero();
  }

  private static void check(
      InMemoryExpiringStore store, Map<String, Kept> truth, Step step, long now) {
    Kept old = truth.get(step.key);
    Kept fresh = new Kept(step.value, now + step.ttl);
    boolean isExpected = old != null && old.value.equals(step.expected);
    Duration ttl = Duration.ofMillis(step.ttl);
    switch (step.operation) {
      case "put" -> {
        try {
          assertThat(store.putIfAbsent(step.key, bytes(step.value), ttl)).isEqualTo(old == null);
          truth.putIfAbsent(step.key, fresh);
        } catch (StoreUnavailableException e) {
          // Full, of entries that live or did until just now: it has nothing to say of this key.
          assertThat(old).isNull();
          assertThat(store.entries()).isEqualTo(MAX_ENTRIES);
        }
      }
      case "replace" -> {
        boolean replaced = store.replace(step.key, bytes(step.expected), bytes(step.value), ttl);
        assertThat(replaced).isEqualTo(isExpected);
        truth.computeIfPresent(step.key, (key, kept) -> isExpected ? fresh : kept);
      }
      case "remove" -> {
        assertThat(store.remove(step.key, bytes(step.expected))).isEqualTo(isExpected);
        truth.computeIfPresent(step.key, (key, kept) -> isExpected ? null : kept);
      }
      default ->
          assertThat(store.get(step.key).map(value -> new String(value, UTF_8)))
              .isEqualTo(Optional.ofNullable(old).map(Kept::value));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> values = Arbitraries.of("", "a", "b", "longer than the others");
    return Combinators.combine(
            Arbitraries.of("put", "put", "replace", "remove", "get"),
            Arbitraries.of("k1", "k2", "k3", "k4", "k5", "k6", "k7"),
            values,
            values,
            Arbitraries.of(1L, 500L, 1_000L, 1_500L, 90_000L, 600_000L),
            Arbitraries.of(0L, 0L, 0L, 1L, 499L, 500L, 1_000L, 1_100L, 70_000L))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }
}
