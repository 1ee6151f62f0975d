package io.sallyport.core.testing.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.cache.InvalidationBus;
import io.sallyport.core.cache.ObjectCache;
import io.sallyport.core.testing.Race;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link InvalidationBus} must do. */
@Timeout(120)
public abstract class InvalidationBusContract {
  private static final String LAST = "last";

  private final AtomicInteger loads = new AtomicInteger();

  /**
   * The bus of one more node; all nodes of one test hear each other, and no others. The extending
   * class closes it after the test.
   */
  protected abstract InvalidationBus node();

  private ObjectCache<String, Integer> cache(InvalidationBus bus) {
    return ObjectCache.<String, Integer>named("numbers", Duration.ofHours(1), 100)
        .tag(key -> key.substring(0, 1))
        .bus(bus)
        .build();
  }

  private int get(ObjectCache<String, Integer> cache, String key) {
    return cache.get(key, any -> Optional.of(loads.incrementAndGet())).orElseThrow();
  }

  /** Hears at {@code bus} after its caches, once it works for sure. */
  private static HeardMessages ear(InvalidationBus bus, InvalidationBus speaker) throws Exception {
    HeardMessages ear = new HeardMessages();
    bus.subscribe("numbers", ear);
    speaker.publish("numbers", "first");
    assertThat(ear.await("first")).isTrue();
    return ear;
  }

  @Test
  void anInvalidatedObjectIsGoneOnTheOtherNode() throws Exception {
    InvalidationBus here = node();
    InvalidationBus there = node();
    ObjectCache<String, Integer> writer = cache(here);
    ObjectCache<String, Integer> reader = cache(there);
    HeardMessages ear = ear(there, here);
    int before = get(reader, "a1");
    assertThat(get(reader, "a1")).isEqualTo(before);

    writer.invalidate("a1");

    assertThat(ear.await("key a1")).isTrue();
    assertThat(get(reader, "a1")).isGreaterThan(before);
  }

  @Test
  void anInvalidatedTagIsGoneOnTheOtherNode() throws Exception {
    InvalidationBus here = node();
    InvalidationBus there = node();
    ObjectCache<String, Integer> writer = cache(here);
    ObjectCache<String, Integer> reader = cache(there);
    HeardMessages ear = ear(there, here);
    int before = get(reader, "a1");

    writer.invalidateTag("a");

    assertThat(ear.await("tag a")).isTrue();
    assertThat(get(reader, "a1")).isGreaterThan(before);
  }

  @Test
  void anotherCacheIsNotTold() throws Exception {
    InvalidationBus here = node();
    InvalidationBus there = node();
    HeardMessages ear = ear(there, here);

    here.publish("letters", "key a1");
    here.publish("numbers", LAST);

    assertThat(ear.await(LAST)).isTrue();
    assertThat(ear.has("key a1")).isFalse();
  }

  static List<String> scopes() {
    return List.of(
        "key \n",
        "key a\nb\r\n",
        "key 'a' \"b\" $1 ; --",
        "key \u00e4\u20ac\ud83d\ude00",
        "key " + "\u20ac".repeat(InvalidationBus.MAX_LENGTH - 50),
        "key " + "\u20ac".repeat(InvalidationBus.MAX_LENGTH),
        "key \u0000",
        "key \ud800");
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void aScopeOfAnyCharactersIsHeardOrAllIsForgotten(String scope) throws Exception {
    InvalidationBus here = node();
    InvalidationBus there = node();
    HeardMessages ear = ear(there, here);
    int losses = ear.losses();

    here.publish("numbers", scope);
    here.publish("numbers", LAST);

    assertThat(ear.await(LAST)).isTrue();
    assertThat(ear.has(scope) || ear.losses() > losses).isTrue();
  }

  @Test
  void whatManyThreadsSayIsHeardOrAllIsForgotten() throws Exception {
    int threads = 8;
    int each = 500;
    InvalidationBus here = node();
    InvalidationBus there = node();
    HeardMessages ear = ear(there, here);
    int losses = ear.losses();

    Race.of(
        threads,
        number -> {
          for (int i = 0; i < each; i++) {
            here.publish("numbers", "key " + number + " " + i);
          }
          return number;
        });
    here.publish("numbers", LAST);

    // The last may be among what all is forgotten for, as there are too many.
    if (ear.losses() == losses && !heardAll(ear, threads, each)) {
      assertThat(ear.awaitLossAfter(losses)).isTrue();
    }
  }

  private static boolean heardAll(HeardMessages ear, int threads, int each) throws Exception {
    if (!ear.await(LAST)) {
      return false;
    }
    for (int number = 0; number < threads; number++) {
      for (int i = 0; i < each; i++) {
        if (!ear.has("key " + number + " " + i)) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void aCacheWhoseNameCannotBeSentIsRefused() {
    InvalidationBus bus = node();

    for (String name : List.of("a\nb", "a".repeat(101))) {
      assertThatThrownBy(() -> bus.subscribe(name, new HeardMessages()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
