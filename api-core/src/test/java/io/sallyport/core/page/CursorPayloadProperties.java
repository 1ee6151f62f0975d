package io.sallyport.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class CursorPayloadProperties {
  @Property(tries = 2_000)
  void everyValueComesBackAsItWas(
      @ForAll("values") List<Object> values,
      @ForAll boolean backward,
      @ForAll boolean inclusive,
      @ForAll @LongRange(min = 0) long expiresAt)
      throws InvalidCursorException {
    Position position = new Position(values, backward, inclusive);

    CursorPayload decoded = CursorPayload.decode(CursorPayload.encode(position, expiresAt));

    assertThat(decoded).isEqualTo(new CursorPayload(position, expiresAt));
  }

  @Property(tries = 500)
  void neitherATruncatedNorAnExtendedPayloadIsRead(@ForAll("values") List<Object> values) {
    byte[] payload = CursorPayload.encode(Position.after(values), 1 << 30);

    for (int length = 0; length < payload.length; length++) {
      byte[] truncated = Arrays.copyOf(payload, length);
      assertThatThrownBy(() -> CursorPayload.decode(truncated))
          .isInstanceOf(InvalidCursorException.class);
    }
    byte[] extended = Arrays.copyOf(payload, payload.length + 1);
    assertThatThrownBy(() -> CursorPayload.decode(extended))
        .isInstanceOf(InvalidCursorException.class);
  }

  @Provide
  Arbitrary<List<Object>> values() {
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.integers().asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.strings()
                .ofMaxLength(30)
                .filter(CursorPayloadProperties::whole)
                .asGeneric(),
            Arbitraries.create(UUID::randomUUID).asGeneric(),
            Arbitraries.longs()
                .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                .map(second -> Instant.ofEpochSecond(second, Math.floorMod(second, 1_000_000_000)))
                .asGeneric(),
            Arbitraries.longs()
                .between(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())
                .map(LocalDate::ofEpochDay)
                .asGeneric(),
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
                .map(unscaled -> new BigDecimal(unscaled, unscaled.bitCount() - 40))
                .asGeneric());
    return value.injectNull(0.2).list().ofMinSize(1).ofMaxSize(Sort.MAX_COLUMNS);
  }

  private static boolean whole(String text) {
    return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Example
  void whatIsNoSortValueIsRefusedWithAWayOut() {
    assertRefused(1.5, "must be an integer, text");
    assertRefused("\ud800", "surrogate");
    assertRefused("x".repeat(1_100), "columns whose length the database bounds");
    assertRefused(new BigDecimal(BigInteger.TWO.pow(3_000)), "bound its precision");
    assertRefused(new BigDecimal(BigInteger.ONE, 20_000), "bound its precision");
  }

  private static void assertRefused(Object value, String message) {
    assertThatThrownBy(() -> CursorPayload.encode(Position.after(List.of(value)), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Example
  void aTimeWithAnOffsetIsAnInstantAndAShortAnInteger() throws InvalidCursorException {
    OffsetDateTime time = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 5, ZoneOffset.ofHours(2));
    Position position = Position.after(List.of(time, (short) -7));

    List<Object> values =
        new ArrayList<>(
            CursorPayload.decode(CursorPayload.encode(position, 1)).position().values());

    assertThat(values).containsExactly(time.toInstant(), -7);
    assertThat(Collections.frequency(values, null)).isZero();
  }
}
