package io.sallyport.core.page;

import static io.sallyport.core.endpoint.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.testing.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cursors that were changed, or are used where they were not made for. How many is said by {@code
 * -Dsallyport.test.forgeries=1000000}.
 */
class CursorForgeryTest {
  private static final int FORGERIES = Integer.getInteger("sallyport.test.forgeries", 20_000);
  private static final long SEED = 20_260_101;

  private static final Endpoint INVOICES = get("/v1/customers/{customer}/invoices").id("list");
  private static final Paging PAGING =
      Paging.sortedBy("-issuedAt", "id").allowSort("number").cursorNotBoundTo("expand");
  private static final byte[] SECRET = bytes("0123456789abcdef0123456789abcdef");
  private static final byte[] OTHER = bytes("another secret of at least thirty-two bytes");

  private final FakeClock clock = new FakeClock();
  private final Random random = new Random(SEED);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Caller callerOf(String subject, String tenant) {
    return new Caller(subject, "https://idp.example", Set.of(), Map.of("tenant", tenant));
  }

  /** A request for a page: everything that a cursor is bound to. */
  private record Place(
      Endpoint endpoint,
      Paging paging,
      String customer,
      Map<String, List<String>> query,
      Optional<Caller> caller) {
    static final Place HERE =
        new Place(
            INVOICES,
            PAGING,
            "c1",
            Map.of("status", List.of("OPEN"), "tag", List.of("a", "b")),
            Optional.of(callerOf("ann", "acme")));

    Place endpoint(Endpoint other) {
      return new Place(other, paging, customer, query, caller);
    }

    Place paging(Paging other) {
      return new Place(endpoint, other, customer, query, caller);
    }

    Place customer(String other) {
      return new Place(endpoint, paging, other, query, caller);
    }

    Place by(Caller other) {
      return new Place(endpoint, paging, customer, query, Optional.ofNullable(other));
    }

    Place with(String name, String... values) {
      Map<String, List<String>> more = new TreeMap<>(query);
      more.put(name, List.of(values));
      return new Place(endpoint, paging, customer, more, caller);
    }

    Place without(String name) {
      Map<String, List<String>> less = new TreeMap<>(query);
      less.remove(name);
      return new Place(endpoint, paging, customer, less, caller);
    }

    RequestedPage read(Cursors cursors) throws InvalidCursorException {
      return new PageReader(cursors, List.of("tenant"))
          .read(paging, endpoint, List.of(customer), "/x", new LinkedHashMap<>(query), caller);
    }

    String cursor(Cursors cursors, Position position) throws InvalidCursorException {
      return read(cursors).cursors().write(position);
    }
  }

  private Cursors cursors(boolean encrypting, byte[] secret) {
    CursorKey key = encrypting ? CursorKey.encrypting(secret) : CursorKey.signingReadable(secret);
    return Cursors.of(key).clock(clock);
  }

  private Position position() {
    return new Position(
        List.of(
            Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000_000)),
            new UUID(random.nextLong(), random.nextLong())),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static void assertRefused(Cursors cursors, Place place, String cursor) {
    assertThatThrownBy(() -> place.with(Paging.CURSOR, cursor).read(cursors))
        .isInstanceOf(InvalidCursorException.class);
  }

  private static InvalidCursorException.Reason reason(Cursors cursors, Place place, String cursor) {
    try {
      place.with(Paging.CURSOR, cursor).read(cursors);
    } catch (InvalidCursorException e) {
      return e.reason();
    }
    throw new AssertionError("accepted: " + cursor);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCursorLeadsBackToItsPositionInItsOwnPlace(boolean encrypting)
      throws InvalidCursorException {
    Cursors cursors = cursors(encrypting, SECRET);
    for (int i = 0; i < 200; i++) {
      Position position = position();
      String cursor = Place.HERE.cursor(cursors, position);

      PageQuery query = Place.HERE.with(Paging.CURSOR, cursor).read(cursors).query();

      assertThat(query.position()).contains(position);
      assertThat(cursor).matches("[A-Za-z0-9_-]+").hasSizeLessThan(110);
    }
  }

  @Test
  void whatIsNotBoundMayChange() throws InvalidCursorException {
    Cursors cursors = cursors(true, SECRET);
    String cursor = Place.HERE.cursor(cursors, position());

    Place other = Place.HERE.with("limit", "3").with("expand", "customer");

    assertThat(other.with(Paging.CURSOR, cursor).read(cursors).query().size()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCursorIsValidInNoOtherPlace(boolean encrypting) throws InvalidCursorException {
    Cursors cursors = cursors(encrypting, SECRET);
    String cursor = Place.HERE.cursor(cursors, position());

    for (Place other : elsewhere()) {
      assertThat(reason(cursors, other, cursor)).isEqualTo(InvalidCursorException.Reason.FORGED);
    }
  }

  private static List<Place> elsewhere() {
    Place here = Place.HERE;
    return List.of(
        here.endpoint(INVOICES.id("lis")),
        here.customer("c2"),
        here.customer("c1 "),
        here.with("sort", "number"),
        here.paging(Paging.sortedBy("issuedAt", "id")),
        here.paging(Paging.sortedBy("-issuedAt", "-id")),
        here.paging(Paging.sortedBy("-issuedat", "id")),
        here.paging(Paging.sortedBy("-issuedAt", "id").nullsLast("issuedAt")),
        here.paging(Paging.sortedBy("-issuedAt", "x", "id")),
        here.with("status", "PAID"),
        here.with("status"),
        here.with("status", "OPEN", "OPEN"),
        here.with("status", "OPEN", ""),
        here.without("status"),
        here.with("tag", "b", "a"),
        here.with("tag", "ab"),
        here.with("tag", "a"),
        here.with("other", "x"),
        here.with("", ""),
        here.by(callerOf("bob", "acme")),
        here.by(callerOf("ann", "globex")),
        here.by(new Caller("ann", "https://idp.example", Set.of(), Map.of())),
        here.by(new Caller("ann", "https://idp.example", Set.of(), Map.of("tenant", 1))),
        here.by(new Caller("ann", "https://idp2.example", Set.of(), Map.of("tenant", "acme"))),
        here.by(null));
  }

  @Test
  void twoFiltersThatReadAlikeAreTwo() throws InvalidCursorException {
    Cursors cursors = cursors(true, SECRET);
    Place one = Place.HERE.with("a", "b", "c", "d").with("e", "f");
    Place other = Place.HERE.with("a", "b").with("c", "d", "e", "f");

    assertRefused(cursors, other, one.cursor(cursors, position()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everySingleBitCounts(boolean encrypting) throws InvalidCursorException {
    Cursors cursors = cursors(encrypting, SECRET);
    String cursor = Place.HERE.cursor(cursors, position());
    byte[] sealed = Cursors.bytes(cursor);

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertRefused(cursors, Place.HERE, Cursors.text(flipped));
    }
    // The bits of the text as well, those that base64 leaves over among them.
    byte[] text = cursor.getBytes(StandardCharsets.US_ASCII);
    for (int bit = 0; bit < text.length * 8; bit++) {
      byte[] flipped = text.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertRefused(cursors, Place.HERE, new String(flipped, StandardCharsets.ISO_8859_1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCursorHasOneSpellingOnly(boolean encrypting) throws InvalidCursorException {
    Cursors cursors = cursors(encrypting, SECRET);
    String cursor = Place.HERE.cursor(cursors, position());

    for (int length = 0; length < cursor.length(); length++) {
      assertRefused(cursors, Place.HERE, cursor.substring(0, length));
      assertRefused(cursors, Place.HERE, cursor.substring(length + 1));
    }
    for (String tail : List.of("=", "==", "A", "AA", "AAA", "AAAA", " ", "\n", "%", "\u00e9")) {
      assertRefused(cursors, Place.HERE, cursor + tail);
      assertRefused(cursors, Place.HERE, tail + cursor);
    }
    assertRefused(cursors, Place.HERE, "A".repeat(BoundCursors.MAX_LENGTH + 1));
    assertRefused(cursors, Place.HERE, "A".repeat(8_192));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCursorExpiresAtItsSecond(boolean encrypting) throws InvalidCursorException {
    Cursors cursors = cursors(encrypting, SECRET);
    Place place = Place.HERE.paging(PAGING.cursorLifetime(Duration.ofMinutes(5)));
    String cursor = place.cursor(cursors, position());

    clock.advance(Duration.ofSeconds(299));
    assertThat(place.with(Paging.CURSOR, cursor).read(cursors).query().position()).isPresent();

    clock.advance(Duration.ofSeconds(1));
    assertThat(reason(cursors, place, cursor)).isEqualTo(InvalidCursorException.Reason.EXPIRED);
  }

  @Test
  void aCursorOfARotatedKeyIsAcceptedUntilTheKeyIsDropped() throws InvalidCursorException {
    CursorKey old = CursorKey.signingReadable(SECRET);
    CursorKey fresh = CursorKey.encrypting(OTHER);
    String cursor = Place.HERE.cursor(Cursors.of(old).clock(clock), position());

    Cursors both = Cursors.of(fresh, old).clock(clock);
    assertThat(Place.HERE.with(Paging.CURSOR, cursor).read(both).query().position()).isPresent();
    assertThat(Place.HERE.cursor(both, position())).doesNotStartWith(cursor.substring(0, 6));

    Cursors dropped = Cursors.of(fresh).clock(clock);
    assertThat(reason(dropped, Place.HERE, cursor))
        .isEqualTo(InvalidCursorException.Reason.UNKNOWN_KEY);
  }

  @Test
  void theKeyDecidesTheAlgorithmAndNeverTheCursor() throws InvalidCursorException {
    Cursors encrypted = cursors(true, SECRET);
    Cursors signed = cursors(false, SECRET);
    String readable = Place.HERE.cursor(signed, position());

    // The same secret, and the id of the other key written over the cursor's own.
    byte[] crossed = Cursors.bytes(readable);
    byte[] other = Cursors.bytes(Place.HERE.cursor(encrypted, position()));
    System.arraycopy(other, 0, crossed, 0, 5);

    assertThat(reason(encrypted, Place.HERE, readable))
        .isEqualTo(InvalidCursorException.Reason.UNKNOWN_KEY);
    assertThat(reason(encrypted, Place.HERE, Cursors.text(crossed)))
        .isEqualTo(InvalidCursorException.Reason.FORGED);
  }

  @Test
  void anEncryptedCursorHidesItsValues() throws InvalidCursorException {
    Position position = Position.after(List.of("the secret title", 7L));
    Place place = Place.HERE.paging(Paging.sortedBy("title", "id"));

    byte[] hidden = Cursors.bytes(place.cursor(cursors(true, SECRET), position));
    byte[] readable = Cursors.bytes(place.cursor(cursors(false, SECRET), position));

    assertThat(new String(hidden, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(new String(readable, StandardCharsets.ISO_8859_1)).contains("the secret title");
  }

  @Test
  void noForgeryIsAccepted() throws InvalidCursorException {
    Map<Forgery, Integer> refused = new EnumMap<>(Forgery.class);
    Map<InvalidCursorException.Reason, Integer> reasons =
        new EnumMap<>(InvalidCursorException.Reason.class);
    int accepted = 0;
    List<Place> elsewhere = elsewhere();
    for (int i = 0; i < FORGERIES; i++) {
      boolean encrypting = (i & 1) == 0;
      Cursors cursors = cursors(encrypting, SECRET);
      Forgery forgery = Forgery.values()[i / 2 % Forgery.values().length];
      Place place = Place.HERE;
      String cursor = place.cursor(cursors, position());
      switch (forgery) {
        case BITS -> cursor = flipped(cursor);
        case TRUNCATED -> cursor = cursor.substring(0, random.nextInt(cursor.length()));
        case TRUNCATED_BYTES -> cursor = shortened(cursor);
        case EXTENDED -> cursor = cursor + garbage(1 + random.nextInt(40));
        case PREFIXED -> cursor = garbage(1 + random.nextInt(40)) + cursor;
        case EXPIRED -> clock.advance(Duration.ofSeconds(3_600 + random.nextInt(100_000)));
        case ELSEWHERE -> place = elsewhere.get(random.nextInt(elsewhere.size()));
        case OTHER_CALLER -> place = place.by(callerOf("ann" + random.nextInt(), "acme"));
        case OTHER_FILTER -> place = place.with("status", "OPEN" + random.nextInt());
        case OTHER_ENDPOINT -> place = place.endpoint(INVOICES.id("list" + random.nextInt()));
        case OTHER_SORT -> place = place.with("sort", "number");
        case OTHER_DIRECTION -> cursor = spliced(place, cursors, cursor);
        case OTHER_KEY -> cursors = cursors(encrypting, OTHER);
        case OTHER_KEY_SAME_ID -> cursor = underAnotherKey(place, cursors, encrypting, cursor);
        case OTHER_VERSION -> cursor = version(cursor);
        case GARBAGE -> cursor = garbage(random.nextInt(200));
        case GARBAGE_BODY -> cursor = garbageBehindTheHeader(cursor);
      }
      try {
        place.with(Paging.CURSOR, cursor).read(cursors);
        accepted++;
      } catch (InvalidCursorException e) {
        refused.merge(forgery, 1, Integer::sum);
        reasons.merge(e.reason(), 1, Integer::sum);
      }
    }

    System.out.println("forged cursors, accepted " + accepted + ", refused " + refused);
    System.out.println("forged cursors, reasons " + reasons);
    assertThat(accepted).isZero();
    assertThat(refused.values().stream().mapToInt(n -> n).sum()).isEqualTo(FORGERIES);
  }

  private enum Forgery {
    BITS,
    TRUNCATED,
    TRUNCATED_BYTES,
    EXTENDED,
    PREFIXED,
    EXPIRED,
    ELSEWHERE,
    OTHER_CALLER,
    OTHER_FILTER,
    OTHER_ENDPOINT,
    OTHER_SORT,
    OTHER_DIRECTION,
    OTHER_KEY,
    OTHER_KEY_SAME_ID,
    OTHER_VERSION,
    GARBAGE,
    GARBAGE_BODY
  }

  private String flipped(String cursor) throws InvalidCursorException {
    byte[] sealed = Cursors.bytes(cursor);
    byte[] before = sealed.clone();
    int flips = 1 + random.nextInt(8);
    while (flips-- > 0 || Arrays.equals(before, sealed)) {
      int bit = random.nextInt(sealed.length * 8);
      sealed[bit / 8] ^= (byte) (1 << bit % 8);
    }
    return Cursors.text(sealed);
  }

  private String shortened(String cursor) throws InvalidCursorException {
    byte[] sealed = Cursors.bytes(cursor);
    return Cursors.text(Arrays.copyOf(sealed, random.nextInt(sealed.length)));
  }

  private String garbage(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return random.nextBoolean()
        ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        : new String(bytes, StandardCharsets.ISO_8859_1) + "!";
  }

  // The first half of a forward cursor with the second half of a backward one.
  private String spliced(Place place, Cursors cursors, String cursor)
      throws InvalidCursorException {
    byte[] sealed = Cursors.bytes(cursor);
    Position back = new Position(position().values(), true, false);
    byte[] other = Cursors.bytes(place.cursor(cursors, back));
    int at = 5 + random.nextInt(Math.min(sealed.length, other.length) - 5);
    byte[] spliced = Arrays.copyOf(sealed, other.length);
    System.arraycopy(other, at, spliced, at, other.length - at);
    // Neither of the two themselves.
    spliced[6] ^= 1;
    return Cursors.text(spliced);
  }

  private String underAnotherKey(Place place, Cursors cursors, boolean encrypting, String cursor)
      throws InvalidCursorException {
    byte[] forged = Cursors.bytes(place.cursor(cursors(encrypting, OTHER), position()));
    System.arraycopy(Cursors.bytes(cursor), 0, forged, 0, 5);
    assertThat(cursors.key(java.nio.ByteBuffer.wrap(forged).getInt(1))).isNotNull();
    return Cursors.text(forged);
  }

  private String version(String cursor) throws InvalidCursorException {
    byte[] sealed = Cursors.bytes(cursor);
    sealed[0] = (byte) (2 + random.nextInt(254));
    return Cursors.text(sealed);
  }

  private String garbageBehindTheHeader(String cursor) throws InvalidCursorException {
    byte[] sealed = Cursors.bytes(cursor);
    byte[] garbage = new byte[random.nextInt(120)];
    random.nextBytes(garbage);
    byte[] forged = Arrays.copyOf(sealed, 5 + garbage.length);
    System.arraycopy(garbage, 0, forged, 5, garbage.length);
    return Cursors.text(forged);
  }

  @Test
  void aPositionThatDoesNotFitTheSortIsRefusedEvenUnderOurSeal() throws InvalidCursorException {
    Cursors cursors = cursors(true, SECRET);
    Position tooShort = Position.after(List.of(Instant.EPOCH));
    Position withNull = Position.after(Arrays.asList(null, new UUID(0, 0)));

    for (Position position : List.of(tooShort, withNull)) {
      String cursor = Place.HERE.cursor(cursors, position);

      assertThat(reason(cursors, Place.HERE, cursor))
          .isEqualTo(InvalidCursorException.Reason.MALFORMED);
    }
  }

  @Test
  void nothingButWhatWasEncodedCanBeDecoded() {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      byte[] payload =
          i % 2 == 0 ? new byte[random.nextInt(60)] : CursorPayload.encode(position(), 1 << 30);
      if (i % 2 == 0) {
        random.nextBytes(payload);
      } else {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt();
      }
      payloads.add(payload);
    }
    // Under our seal nobody can make these; a fault of ours must end in a refusal all the same.
    for (byte[] payload : payloads) {
      try {
        CursorPayload decoded = CursorPayload.decode(payload);
        assertThat(decoded.position().values()).isNotEmpty();
      } catch (InvalidCursorException e) {
        assertThat(e.reason()).isEqualTo(InvalidCursorException.Reason.MALFORMED);
      }
    }
  }
}
