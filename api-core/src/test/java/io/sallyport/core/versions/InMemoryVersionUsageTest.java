package io.sallyport.core.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.testing.FakeClock;
import io.sallyport.core.version.InMemoryVersionUsage;
import io.sallyport.core.version.InMemoryVersionUsage.Use;
import io.sallyport.core.version.VersionUsage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryVersionUsageTest {
  private final FakeClock clock = new FakeClock();

  @Test
  void callersForWhomThereIsNoRoomAreCountedTogether() {
    InMemoryVersionUsage usage = new InMemoryVersionUsage(2, clock);

    IntStream.range(0, 5).forEach(i -> usage.used("v1", "orders", "caller-" + i));
    usage.used("v1", "orders", "caller-0");
    usage.used("v2", "orders", "caller-0");

    assertThat(usage.uses())
        .extracting(use -> use.version() + " " + use.caller() + " " + use.requests())
        .containsExactly("v1 * 3", "v1 caller-0 2", "v1 caller-1 1", "v2 * 1");
  }

  @Test
  void aCallerWithAVeryLongKeyIsOneOfTheOthers() {
    InMemoryVersionUsage usage = new InMemoryVersionUsage(10, clock);

    usage.used("v1", "orders", "a".repeat(513));
    usage.used("v1", "orders", "a".repeat(512));

    assertThat(usage.uses())
        .extracting(use -> use.caller().length())
        .containsExactly(VersionUsage.OTHERS.length(), 512);
  }

  @Test
  void manyThreadsTogetherCountEachRequestOnceAndKeepTheBound() {
    InMemoryVersionUsage usage = new InMemoryVersionUsage(50, clock);

    IntStream.range(0, 100_000)
        .parallel()
        .forEach(i -> usage.used("v1", "orders", "caller-" + i % 200));

    assertThat(usage.uses()).hasSizeLessThanOrEqualTo(51);
    assertThat(usage.uses().stream().mapToLong(Use::requests).sum()).isEqualTo(100_000);
  }

  @Test
  void aUsageWithoutRoomCannotBeMade() {
    assertThatThrownBy(() -> new InMemoryVersionUsage(0, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxEntries must be at least 1, was 0");
  }
}
