package io.sallyport.core.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.InMemoryExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import io.sallyport.core.testing.FakeNanoTime;
import io.sallyport.core.testing.Race;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryExpiringStoreTest extends ExpiringStoreContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MIB = 1_048_576;

  private final FakeNanoTime clock = new FakeNanoTime();
  private final InMemoryExpiringStore store = ExpiringStore.inMemory(1_000, 8 * MIB, clock);

  @Override
  protected ExpiringStore store() {
    return store;
  }

  @Override
  protected void elapse(Duration duration) {
    clock.advance(duration);
  }

  @Test
  void aValueIsGoneFromTheInstantAtWhichItsTimeHasPassed() {
    store.putIfAbsent("key", bytes("value"), Duration.ofMillis(1));

    clock.advance(Duration.ofNanos(999_999));
    assertThat(store.get("key")).isPresent();
    clock.advance(Duration.ofNanos(1));
    assertThat(store.get("key")).isEmpty();
  }

  @Test
  void aFullStoreRefusesNewKeysAndKeepsWhatItHolds() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(store.putIfAbsent("key " + i, bytes("value"), MINUTE)).isTrue();
    }

    for (int i = 0; i < 5_000; i++) {
      String flood = "flood " + i;
      assertThatThrownBy(() -> store.putIfAbsent(flood, bytes("value"), MINUTE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageNotContaining("flood");
    }

    assertThat(store.entries()).isEqualTo(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(store.get("key " + i)).isPresent();
    }
  }

  @Test
  void aFullStoreStillSaysNoAndStillReplacesAndRemoves() {
    fillWithEntries();

    assertThat(store.putIfAbsent("key 1", bytes("other"), MINUTE)).isFalse();
    assertThat(store.replace("key 1", bytes("value"), bytes("a longer value"), MINUTE)).isTrue();
    assertThat(store.remove("key 2", bytes("value"))).isTrue();
    assertThat(store.putIfAbsent("one more", bytes("value"), MINUTE)).isTrue();
  }

  @Test
  void aStoreFullOfBytesRefusesNewKeysAndStillCompletesWhatWasBegun() {
    assertThat(store.putIfAbsent("begun", bytes("in progress"), MINUTE)).isTrue();
    fillWithBytes();

    assertThatThrownBy(() -> store.putIfAbsent("new", new byte[MIB / 2], MINUTE))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.replace("begun", bytes("in progress"), new byte[MIB / 2], MINUTE)).isTrue();
    assertThat(store.bytes()).isLessThanOrEqualTo(8 * MIB);
  }

  @Test
  void replacementsDoNotExceedTheBoundEither() {
    for (int i = 0; i < 20; i++) {
      store.putIfAbsent("key " + i, bytes("value"), MINUTE);
    }

    int refused = 0;
    for (int i = 0; i < 20; i++) {
      try {
        store.replace("key " + i, bytes("value"), new byte[MIB], MINUTE);
      } catch (StoreUnavailableException e) {
        refused++;
        assertThat(store.get("key " + i)).hasValue(bytes("value"));
      }
    }

    assertThat(refused).isEqualTo(13);
    assertThat(store.bytes()).isLessThanOrEqualTo(8 * MIB);
  }

  @Test
  void thereIsRoomAgainOnceEntriesHaveExpired() {
    fillWithEntries();

    // Caffeine collects what has expired by the tick, which is little more than a second.
    clock.advance(MINUTE.plusSeconds(2));

    assertThat(store.putIfAbsent("new", bytes("value"), MINUTE)).isTrue();
    assertThat(store.entries()).isEqualTo(1);
  }

  @Test
  void anExpiredKeyOfAFullStoreCanBeUsedAgainAtOnce() {
    fillWithEntries();

    clock.advance(MINUTE);

    assertThat(store.putIfAbsent("key 1", bytes("again"), MINUTE)).isTrue();
  }

  @Test
  void lastRoomGoesToOneAndTheOthersAreToldNo() {
    for (int i = 0; i < 999; i++) {
      store.putIfAbsent("key " + i, bytes("value"), MINUTE);
    }

    List<Boolean> stored = Race.of(THREADS, i -> store.putIfAbsent("last", bytes("value"), MINUTE));

    assertThat(Collections.frequency(stored, true)).isEqualTo(1);
  }

  @Test
  void aRaceForRoomNeverExceedsTheBound() {
    List<Integer> stored =
        Race.of(
            THREADS,
            i -> {
              int count = 0;
              for (int n = 0; n < 100; n++) {
                try {
                  count += store.putIfAbsent(i + " " + n, bytes("value"), MINUTE) ? 1 : 0;
                } catch (StoreUnavailableException e) {
                  // As it should be: 6,400 want to be among 1,000.
                }
              }
              return count;
            });

    assertThat(stored.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
    assertThat(store.entries()).isEqualTo(1_000);
  }

  @Test
  void anEmptiedStoreHoldsNothing() {
    fillWithEntries();
    for (int i = 0; i < 1_000; i++) {
      store.remove("key " + i, bytes("value"));
    }

    assertThat(store.entries()).isZero();
    assertThat(store.bytes()).isZero();
  }

  @Test
  void anotherStoreInMemoryHoldsNothingOfThisOne() {
    store.putIfAbsent("key", bytes("value"), MINUTE);

    assertThat(ExpiringStore.inMemory().get("key")).isEmpty();
  }

  @Test
  void refusesBoundsThatHoldNothing() {
    assertThatThrownBy(() -> ExpiringStore.inMemory(0, 8 * MIB, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxEntries must be at least 1, was 0");
    assertThatThrownBy(() -> ExpiringStore.inMemory(1, MIB, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxBytes must be at least 2097152");
  }

  private void fillWithEntries() {
    for (int i = 0; i < 1_000; i++) {
      store.putIfAbsent("key " + i, bytes("value"), MINUTE);
    }
  }

  private void fillWithBytes() {
    try {
      for (int i = 0; i < 100; i++) {
        store.putIfAbsent("fill " + i, new byte[MIB / 4], MINUTE);
      }
    } catch (StoreUnavailableException e) {
      return;
    }
    throw new IllegalStateException("the store took more than its bound");
  }
}
