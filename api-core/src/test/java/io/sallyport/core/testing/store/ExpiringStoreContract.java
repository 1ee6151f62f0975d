package io.sallyport.core.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.testing.Race;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ExpiringStore} must do. A store that nodes share extends {@link
 * SharedExpiringStoreContract} instead, which asks for more.
 *
 * <p>The tests of one class may share one store: each uses keys of its own.
 */
public abstract class ExpiringStoreContract {
  /** How many race for one key. */
  protected static final int THREADS = 64;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String id = "key " + NUMBERS.incrementAndGet();

  /** The store to be tested. */
  protected abstract ExpiringStore store();

  /**
   * Lets {@code duration} pass for every entry of the store: on a fake clock, or by moving the
   * expiry of what is stored.
   */
  protected abstract void elapse(Duration duration);

  /** A key that no other test uses. */
  protected final String key() {
    return id;
  }

  /** {@code text} as bytes. */
  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  public void aKeyWithoutValueHasNone() {
    assertThat(store().get(key())).isEmpty();
    assertThat(store().replace(key(), bytes("old"), bytes("new"), HOUR)).isFalse();
    assertThat(store().remove(key(), bytes("old"))).isFalse();
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void aValueIsStoredOnce() {
    assertThat(store().putIfAbsent(key(), bytes("first"), HOUR)).isTrue();
    assertThat(store().putIfAbsent(key(), bytes("second"), HOUR)).isFalse();
    assertThat(store().putIfAbsent(key(), bytes("first"), HOUR)).isFalse();

    assertThat(store().get(key())).hasValue(bytes("first"));
  }

  @Test
  public void aValueIsReplacedOnlyWhereItIsTheExpectedOne() {
    store().putIfAbsent(key(), bytes("old"), HOUR);

    assertThat(store().replace(key(), bytes("other"), bytes("new"), HOUR)).isFalse();
    assertThat(store().replace(key(), bytes("ol"), bytes("new"), HOUR)).isFalse();
    assertThat(store().replace(key(), bytes("old "), bytes("new"), HOUR)).isFalse();
    assertThat(store().replace(key(), new byte[0], bytes("new"), HOUR)).isFalse();
    assertThat(store().get(key())).hasValue(bytes("old"));
    assertThat(store().replace(key(), bytes("old"), bytes("new"), HOUR)).isTrue();
    assertThat(store().get(key())).hasValue(bytes("new"));
    assertThat(store().replace(key(), bytes("old"), bytes("newer"), HOUR)).isFalse();
  }

  @Test
  public void aValueIsRemovedOnlyWhereItIsTheExpectedOne() {
    store().putIfAbsent(key(), bytes("value"), HOUR);

    assertThat(store().remove(key(), bytes("other"))).isFalse();
    assertThat(store().remove(key(), bytes("value\0"))).isFalse();
    assertThat(store().get(key())).hasValue(bytes("value"));
    assertThat(store().remove(key(), bytes("value"))).isTrue();
    assertThat(store().get(key())).isEmpty();
    assertThat(store().remove(key(), bytes("value"))).isFalse();
  }

  @Test
  public void aRemovedKeyCanBeUsedAgain() {
    store().putIfAbsent(key(), bytes("first"), HOUR);
    store().remove(key(), bytes("first"));

    assertThat(store().putIfAbsent(key(), bytes("second"), HOUR)).isTrue();
    assertThat(store().get(key())).hasValue(bytes("second"));
  }

  @Test
  public void aValueIsThereUntilItsTimeHasPassed() {
    store().putIfAbsent(key(), bytes("value"), HOUR);

    elapse(Duration.ofMinutes(59));
    assertThat(store().get(key())).hasValue(bytes("value"));
    assertThat(store().putIfAbsent(key(), bytes("second"), HOUR)).isFalse();

    elapse(Duration.ofMinutes(1));
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void anExpiredValueIsNeitherReplacedNorRemoved() {
    store().putIfAbsent(key(), bytes("value"), HOUR);

    elapse(HOUR);

    assertThat(store().replace(key(), bytes("value"), bytes("new"), HOUR)).isFalse();
    assertThat(store().remove(key(), bytes("value"))).isFalse();
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void anExpiredKeyCanBeUsedAgainForItsOwnTime() {
    store().putIfAbsent(key(), bytes("first"), HOUR);
    elapse(HOUR);

    assertThat(store().putIfAbsent(key(), bytes("second"), HOUR)).isTrue();

    elapse(Duration.ofMinutes(59));
    assertThat(store().get(key())).hasValue(bytes("second"));
    elapse(Duration.ofMinutes(1));
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void aReplacementLivesForItsOwnTime() {
    store().putIfAbsent(key(), bytes("first"), HOUR);
    elapse(Duration.ofMinutes(59));
    store().replace(key(), bytes("first"), bytes("second"), Duration.ofHours(2));

    elapse(Duration.ofMinutes(119));
    assertThat(store().get(key())).hasValue(bytes("second"));
    elapse(Duration.ofMinutes(1));
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void aReplacementMayShortenTheTimeAndMayKeepTheValue() {
    store().putIfAbsent(key(), bytes("value"), HOUR);
    assertThat(store().replace(key(), bytes("value"), bytes("value"), Duration.ofMinutes(1)))
        .isTrue();

    elapse(Duration.ofMinutes(1));

    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void whatIsRefusedDoesNotProlongTheTime() {
    store().putIfAbsent(key(), bytes("value"), HOUR);
    elapse(Duration.ofMinutes(59));

    store().get(key());
    store().putIfAbsent(key(), bytes("other"), HOUR);
    store().replace(key(), bytes("other"), bytes("new"), HOUR);
    store().remove(key(), bytes("other"));

    elapse(Duration.ofMinutes(1));
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void theLongestTimeIsKept() {
    store().putIfAbsent(key(), bytes("value"), ExpiringStore.MAX_TTL);

    elapse(ExpiringStore.MAX_TTL.minusMinutes(1));
    assertThat(store().get(key())).hasValue(bytes("value"));
    elapse(Duration.ofMinutes(1));
    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void keysThatLookAlikeAreDifferent() {
    List<String> suffixes =
        List.of(
            "",
            " ",
            "  ",
            "\t",
            "\n",
            "\r\n",
            "a",
            "A",
            "\u0430",
            "\u00e9",
            "e\u0301",
            "\u212b",
            "\u00c5",
            "ss",
            "\u00df",
            "i",
            "\u0131",
            "\u0130",
            "\u200b",
            "\ufeff",
            "\u202e",
            "\ufffd",
            "?",
            "*",
            "[a]",
            "{a}",
            "a%",
            "a_",
            "'",
            "''",
            "\"",
            "\\",
            "\\\\",
            "; DROP",
            "$1",
            "--",
            ":",
            "\u0001",
            "\u007f",
            "\u0080",
            "\ud83d\ude00",
            "\ud83d\ude01",
            "\udbff\udfff",
            "\uffff",
            "\ue000");
    for (String suffix : suffixes) {
      assertThat(store().putIfAbsent(key() + suffix, bytes("is " + suffix), HOUR))
          .as("stored under '%s'", suffix)
          .isTrue();
    }

    for (String suffix : suffixes) {
      assertThat(store().get(key() + suffix)).hasValue(bytes("is " + suffix));
      assertThat(store().remove(key() + suffix, bytes("is " + suffix))).isTrue();
    }
  }

  @Test
  public void theEmptyKeyIsAKey() {
    store().get("").ifPresent(left -> store().remove("", left));

    assertThat(store().putIfAbsent("", bytes("value"), HOUR)).isTrue();
    assertThat(store().get("")).hasValue(bytes("value"));
    assertThat(store().remove("", bytes("value"))).isTrue();
  }

  @Test
  public void everyCharacterCanStandInAKey() {
    StringBuilder all = new StringBuilder();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c += c < 0x250 ? 1 : 997) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
      if (all.length() > 200 || c + 997 > Character.MAX_CODE_POINT) {
        String key = all.toString();
        assertThat(store().putIfAbsent(key, bytes(key), HOUR)).isTrue();
        assertThat(store().get(key)).hasValue(bytes(key));
        assertThat(store().remove(key, bytes(key))).isTrue();
        all.setLength(0);
      }
    }
  }

  @Test
  public void theLongestKeyIsTakenAndALongerOneRefused() {
    List<String> longest =
        List.of(
            "k".repeat(1_024),
            "\u00e9".repeat(512),
            "\u20ac".repeat(341),
            "\ud83d\ude00".repeat(256));
    for (String key : longest) {
      assertThat(store().putIfAbsent(key, bytes("value"), HOUR)).isTrue();
      assertThat(store().get(key)).hasValue(bytes("value"));
      assertThat(store().remove(key, bytes("value"))).isTrue();
      refusesKey(key + "\u00e9");
    }
  }

  @Test
  public void keysThatShareALongBeginningAreDifferent() {
    String beginning = "k".repeat(1_023);

    assertThat(store().putIfAbsent(beginning + "a", bytes("a"), HOUR)).isTrue();
    assertThat(store().putIfAbsent(beginning + "b", bytes("b"), HOUR)).isTrue();

    assertThat(store().get(beginning + "a")).hasValue(bytes("a"));
    assertThat(store().get(beginning)).isEmpty();
  }

  @Test
  public void aKeyThatUtf8OrPostgresqlCannotHoldIsRefused() {
    refusesKey("nul \0");
    refusesKey("high \ud83d");
    refusesKey("low \ude00");
    refusesKey("swapped \ude00\ud83d");
  }

  private void refusesKey(String key) {
    byte[] value = bytes("value");
    assertThatThrownBy(() -> store().get(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().putIfAbsent(key, value, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().replace(key, value, value, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().remove(key, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void aValueMayBeAnyBytesAndMayBeEmpty() {
    byte[] all = new byte[512];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    store().putIfAbsent(key(), all, HOUR);
    assertThat(store().get(key())).hasValue(all);

    assertThat(store().replace(key(), all, new byte[0], HOUR)).isTrue();
    assertThat(store().get(key())).hasValue(new byte[0]);
    assertThat(store().putIfAbsent(key(), all, HOUR)).isFalse();

    assertThat(store().replace(key(), new byte[0], new byte[] {0}, HOUR)).isTrue();
    assertThat(store().replace(key(), new byte[0], all, HOUR)).isFalse();
    assertThat(store().remove(key(), new byte[] {0})).isTrue();
  }

  @Test
  public void theLargestValueIsTakenAndALargerOneRefused() {
    byte[] largest = new byte[ExpiringStore.MAX_VALUE_BYTES];
    largest[largest.length - 1] = 1;
    byte[] larger = new byte[ExpiringStore.MAX_VALUE_BYTES + 1];

    assertThat(store().putIfAbsent(key(), largest, HOUR)).isTrue();
    assertThat(store().get(key())).hasValue(largest);
    assertThatThrownBy(() -> store().putIfAbsent(key(), larger, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().replace(key(), largest, larger, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().replace(key(), larger, largest, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().remove(key(), larger))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store().replace(key(), largest, bytes("small"), HOUR)).isTrue();
  }

  @Test
  public void aTimeThatIsNotPositiveOrTooLongIsRefused() {
    byte[] value = bytes("value");
    store().putIfAbsent(key(), value, HOUR);
    List<Duration> refused =
        List.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofSeconds(Long.MIN_VALUE),
            ExpiringStore.MAX_TTL.plusNanos(1),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

    for (Duration ttl : refused) {
      assertThatThrownBy(() -> store().putIfAbsent(key() + " other", value, ttl))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ttl");
      assertThatThrownBy(() -> store().replace(key(), value, value, ttl))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ttl");
    }
  }

  @Test
  public void aFractionOfAMillisecondIsATime() {
    assertThat(store().putIfAbsent(key(), bytes("value"), Duration.ofNanos(1))).isTrue();

    elapse(Duration.ofSeconds(1));

    assertThat(store().get(key())).isEmpty();
  }

  @Test
  public void theCallersArraysStayTheCallers() {
    byte[] value = bytes("value");
    byte[] replacement = bytes("other");
    store().putIfAbsent(key(), value, HOUR);
    value[0] = 'X';
    assertThat(store().get(key())).hasValue(bytes("value"));

    store().get(key()).orElseThrow()[0] = 'X';
    assertThat(store().get(key())).hasValue(bytes("value"));

    store().replace(key(), bytes("value"), replacement, HOUR);
    replacement[0] = 'X';
    assertThat(store().get(key())).hasValue(bytes("other"));
  }

  @Test
  public void ofManyWhoStoreAtOnceExactlyOneDoes() {
    for (int round = 0; round < 5; round++) {
      String key = key() + " round " + round;

      List<Boolean> stored =
          Race.of(THREADS, i -> store().putIfAbsent(key, bytes("by " + i), HOUR));

      assertThat(Collections.frequency(stored, true)).isEqualTo(1);
      assertThat(store().get(key)).hasValue(bytes("by " + stored.indexOf(true)));
    }
  }

  @Test
  public void ofManyWhoStoreUnderAnExpiredKeyAtOnceExactlyOneDoes() {
    store().putIfAbsent(key(), bytes("old"), HOUR);
    elapse(HOUR);

    List<Boolean> stored =
        Race.of(THREADS, i -> store().putIfAbsent(key(), bytes("by " + i), HOUR));

    assertThat(Collections.frequency(stored, true)).isEqualTo(1);
    assertThat(store().get(key())).hasValue(bytes("by " + stored.indexOf(true)));
  }

  @Test
  public void ofManyWhoReplaceOneValueAtOnceExactlyOneDoes() {
    byte[] value = bytes("generation 0");
    store().putIfAbsent(key(), value, HOUR);
    for (int generation = 1; generation <= 5; generation++) {
      byte[] old = value;
      String next = "generation " + generation + " by ";

      List<Boolean> replaced =
          Race.of(THREADS, i -> store().replace(key(), old, bytes(next + i), HOUR));

      assertThat(Collections.frequency(replaced, true)).isEqualTo(1);
      value = bytes(next + replaced.indexOf(true));
      assertThat(store().get(key())).hasValue(value);
    }
  }

  @Test
  public void ofManyWhoRemoveOrReplaceAtOnceExactlyOneDoes() {
    byte[] value = bytes("value");
    store().putIfAbsent(key(), value, HOUR);

    List<Boolean> changed =
        Race.of(
            THREADS,
            i ->
                i % 2 == 0
                    ? store().remove(key(), value)
                    : store().replace(key(), value, bytes("by " + i), HOUR));

    assertThat(Collections.frequency(changed, true)).isEqualTo(1);
    assertThat(store().get(key()).isEmpty()).isEqualTo(changed.indexOf(true) % 2 == 0);
  }

  @Test
  public void aCounterByCompareAndSetLosesNothing() {
    int each = 4;

    Race.of(
        THREADS,
        i -> {
          for (int n = 0; n < each; n++) {
            increment(store(), key());
          }
          return true;
        });

    assertThat(counted(store(), key())).isEqualTo(THREADS * each);
  }

  /** Adds 1 to the number under {@code key}, however many others do the same. */
  protected static void increment(ExpiringStore store, String key) {
    boolean done = false;
    while (!done) {
      byte[] old = store.get(key).orElse(null);
      done =
          old == null
              ? store.putIfAbsent(key, BigInteger.ONE.toByteArray(), HOUR)
              : store.replace(
                  key, old, new BigInteger(old).add(BigInteger.ONE).toByteArray(), HOUR);
    }
  }

  /** The number under {@code key}. */
  protected static int counted(ExpiringStore store, String key) {
    return store.get(key).map(bytes -> new BigInteger(bytes).intValueExact()).orElse(0);
  }
}
