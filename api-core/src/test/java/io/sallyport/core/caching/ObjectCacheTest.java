package io.sallyport.core.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.cache.InvalidationBus;
import io.sallyport.core.cache.ObjectCache;
import io.sallyport.core.testing.FakeNanoTime;
import io.sallyport.core.testing.Race;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ObjectCacheTest {
  private static final Duration TTL = Duration.ofSeconds(10);

  private final FakeNanoTime time = new FakeNanoTime();
  private final AtomicInteger loads = new AtomicInteger();

  private ObjectCache.Builder<String, Integer> builder() {
    return ObjectCache.<String, Integer>named("numbers", TTL, 100).nanoTime(time);
  }

  private Optional<Integer> load(String key) {
    return Optional.of(loads.incrementAndGet());
  }

  @Test
  void aValueIsLoadedOnceUntilItsTimeIsOver() {
    ObjectCache<String, Integer> cache = builder().build();

    assertThat(cache.get("a", this::load)).contains(1);
    time.advance(TTL.minusNanos(1));
    assertThat(cache.get("a", this::load)).contains(1);
    time.advance(Duration.ofNanos(1));
    assertThat(cache.get("a", this::load)).contains(2);
  }

  @Test
  void absenceIsKeptOnlyByChoice() {
    ObjectCache<String, Integer> cache = builder().build();
    ObjectCache<String, Integer> keeping = builder().keepingAbsence(Duration.ofSeconds(1)).build();

    for (int i = 0; i < 2; i++) {
      assertThat(cache.get("a", key -> none())).isEmpty();
    }
    assertThat(loads).hasValue(2);
    for (int i = 0; i < 2; i++) {
      assertThat(keeping.get("a", key -> none())).isEmpty();
    }
    assertThat(loads).hasValue(3);
    time.advance(Duration.ofSeconds(1));
    assertThat(keeping.get("a", this::load)).contains(4);
  }

  private Optional<Integer> none() {
    loads.incrementAndGet();
    return Optional.empty();
  }

  @Test
  void ofManyThreadsThatMissOneLoads() {
    ObjectCache<String, Integer> cache = builder().build();

    List<Integer> values = Race.of(64, number -> cache.get("a", this::load).orElseThrow());

    assertThat(values).containsOnly(1);
    assertThat(loads).hasValue(1);
  }

  @Test
  void whenLoadsFailThoseWhoWaitLoadOneAfterAnother() {
    ObjectCache<String, Integer> cache = builder().patience(Duration.ofMinutes(10)).build();
    CountDownLatch arrived = new CountDownLatch(64);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<Integer> outcomes =
        Race.of(
            64,
            number -> {
              arrived.countDown();
              try {
                return cache
                    .get(
                        "a",
                        key -> {
                          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                          int run = loads.incrementAndGet();
                          // All are there by now, so that they wait for the first.
                          await(arrived);
                          inside.decrementAndGet();
                          if (run <= 10) {
                            throw new IllegalStateException("boom");
                          }
                          return Optional.of(run);
                        })
                    .orElseThrow();
              } catch (IllegalStateException e) {
                return -1;
              }
            });

    assertThat(outcomes.stream().filter(one -> one == -1)).hasSize(10);
    assertThat(outcomes.stream().filter(one -> one == 11)).hasSize(54);
    assertThat(loads).hasValue(11);
    assertThat(most).hasValue(1);
  }

  @Test
  void whoHasWaitedLongEnoughLoadsAndNobodyWaitsForALostOne() throws Exception {
    for (boolean lost : List.of(false, true)) {
      Duration patience = lost ? Duration.ofMinutes(10) : Duration.ofMillis(20);
      ObjectCache<String, Integer> cache = builder().patience(patience).build();
      CountDownLatch loading = new CountDownLatch(1);
      CountDownLatch mayGo = new CountDownLatch(1);
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        Future<Optional<Integer>> leader =
            pool.submit(
                () ->
                    cache.get(
                        "a",
                        key -> {
                          loading.countDown();
                          await(mayGo);
                          return Optional.of(-1);
                        }));
        await(loading);
        if (lost) {
          time.advance(patience.plusNanos(1));
        }

        // The leader is not done before this is.
        assertThat(cache.get("a", key -> Optional.of(7))).contains(7);

        mayGo.countDown();
        assertThat(leader.get(30, TimeUnit.SECONDS)).contains(-1);
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Test
  void aLoadThatFailsFailsForItselfAlone() {
    ObjectCache<String, Integer> cache = builder().build();

    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    key -> {
                      throw new IllegalStateException("boom");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(cache.get("a", this::load)).contains(1);
  }

  @Test
  void invalidationIsByKeyAndByTag() {
    ObjectCache<String, Integer> cache = builder().tag(key -> key.substring(0, 1)).build();
    cache.get("a1", this::load);
    cache.get("a2", this::load);
    cache.get("b1", this::load);

    cache.invalidate("a1");
    assertThat(cache.get("a1", this::load)).contains(4);
    assertThat(cache.get("a2", this::load)).contains(2);

    cache.invalidateTag("a");
    assertThat(cache.get("a2", this::load)).contains(5);
    assertThat(cache.get("b1", this::load)).contains(3);
  }

  @Test
  void whatWasLoadedBeforeAnInvalidationIsNotKeptAfterIt() throws Exception {
    ObjectCache<String, Integer> cache = builder().build();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayGo = new CountDownLatch(1);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Optional<Integer>> early =
          pool.submit(
              () ->
                  cache.get(
                      "a",
                      key -> {
                        loading.countDown();
                        await(mayGo);
                        return Optional.of(-1);
                      }));
      await(loading);
      cache.invalidate("a");
      mayGo.countDown();

      assertThat(early.get(30, TimeUnit.SECONDS)).contains(-1);
      assertThat(cache.get("a", this::load)).contains(1);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itIsBoundedInNumberOrInWeight() {
    ObjectCache<String, Integer> few = builder().build();
    ObjectCache<String, Integer> light = builder().weighing(1000, (key, value) -> 100).build();

    for (int i = 0; i < 1000; i++) {
      few.get("k" + i, this::load);
      light.get("k" + i, this::load);
    }

    assertThat(few.size()).isLessThanOrEqualTo(100);
    assertThat(light.size()).isLessThanOrEqualTo(10);
  }

  @Test
  void anInvalidationReachesTheCachesOfTheSameNameAndNoOthers() {
    InvalidationBus bus = InvalidationBus.inProcess();
    ObjectCache<String, Integer> one = builder().bus(bus).build();
    ObjectCache<String, Integer> other = builder().bus(bus).build();
    ObjectCache<String, Integer> stranger =
        ObjectCache.<String, Integer>named("others", TTL, 10).nanoTime(time).bus(bus).build();
    one.get("a", this::load);
    other.get("a", this::load);
    stranger.get("a", this::load);

    one.invalidate("a");

    assertThat(other.get("a", this::load)).contains(4);
    assertThat(stranger.get("a", this::load)).contains(3);
  }
}
