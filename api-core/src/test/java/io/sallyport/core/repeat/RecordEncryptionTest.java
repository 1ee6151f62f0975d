package io.sallyport.core.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.idempotency.Claim;
import io.sallyport.core.idempotency.Fingerprint;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.idempotency.OperationId;
import io.sallyport.core.idempotency.RecordEncryption;
import io.sallyport.core.idempotency.StoredResponse;
import io.sallyport.core.idempotency.Terms;
import io.sallyport.core.idempotency.UnreadableRecordException;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.testing.FakeClock;
import io.sallyport.core.testing.FakeNanoTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RecordEncryptionTest {
  private static final String BODY = "the account is 4711";
  private static final Terms TERMS = new Terms(Duration.ofHours(1), Duration.ofSeconds(10), false);
  private static final OperationId OPERATION = OperationId.of(List.of("ann", "k"));
  private static final OperationId OTHER = OperationId.of(List.of("bob", "k"));
  private static final Fingerprint REQUEST = Fingerprint.of(List.of(), new byte[0]);

  private final ExpiringStore store = ExpiringStore.inMemory(100, 8L << 20, new FakeNanoTime());

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "AES");
  }

  private IdempotencyRecords records(RecordEncryption encryption) {
    return new IdempotencyRecords(store, encryption, new FakeClock());
  }

  private IdempotencyRecords plain() {
    return new IdempotencyRecords(store, new FakeClock());
  }

  private static Claim claim(IdempotencyRecords records) {
    return records.claim(OPERATION, REQUEST, TERMS, "exchange");
  }

  private static void complete(IdempotencyRecords records) {
    StoredResponse answer =
        StoredResponse.of(200).body("text/plain", BODY.getBytes(StandardCharsets.UTF_8));
    records.complete(((Claim.Granted) claim(records)).lease(), answer);
  }

  private byte[] stored() {
    return store.get("idempotency/" + OPERATION.reference()).orElseThrow();
  }

  @Test
  void nothingOfTheAnswerIsInTheStore() {
    complete(records(RecordEncryption.aesGcm(1, key(1))));

    assertThat(new String(stored(), StandardCharsets.ISO_8859_1)).doesNotContain("4711");
    assertThat(claim(records(RecordEncryption.aesGcm(1, key(1))))).isInstanceOf(Claim.Done.class);
  }

  @Test
  void oldRecordsAreReadAfterTheKeyWasRotated() {
    complete(records(RecordEncryption.aesGcm(1, key(1))));

    RecordEncryption rotated = RecordEncryption.aesGcm(2, key(2)).alsoReading(1, key(1));

    assertThat(claim(records(rotated))).isInstanceOf(Claim.Done.class);
  }

  @Test
  void aRecordWhoseKeyIsGoneIsNoNewOperation() {
    complete(records(RecordEncryption.aesGcm(1, key(1))));

    assertThatThrownBy(() -> claim(records(RecordEncryption.aesGcm(2, key(2)))))
        .isInstanceOf(UnreadableRecordException.class);
    assertThatThrownBy(() -> claim(records(RecordEncryption.aesGcm(1, key(2)))))
        .isInstanceOf(UnreadableRecordException.class);
    assertThatThrownBy(() -> claim(plain())).isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void aRecordMovedToAnotherOperationDoesNotOpen() {
    IdempotencyRecords records = records(RecordEncryption.aesGcm(1, key(1)));
    complete(records);
    store.putIfAbsent("idempotency/" + OTHER.reference(), stored(), Duration.ofHours(1));

    assertThatThrownBy(() -> records.claim(OTHER, REQUEST, TERMS, "exchange"))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void everyChangedBitIsNoticed() {
    IdempotencyRecords records = records(RecordEncryption.aesGcm(1, key(1)));
    complete(records);
    byte[] whole = stored();
    byte[] at = whole;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      store.replace("idempotency/" + OPERATION.reference(), at, changed, Duration.ofHours(1));
      at = changed;

      assertThatThrownBy(() -> claim(records)).isInstanceOf(UnreadableRecordException.class);
    }
  }

  @Test
  void plainRecordsAreReadOnlyWhileThatIsAllowed() {
    complete(plain());
    RecordEncryption encryption = RecordEncryption.aesGcm(1, key(1));

    assertThatThrownBy(() -> claim(records(encryption)))
        .isInstanceOf(UnreadableRecordException.class);
    assertThat(claim(records(encryption.acceptPlainRecords()))).isInstanceOf(Claim.Done.class);
  }

  @Test
  void aRecordThatIsCutOffOrGoesOnIsNoNewOperation() {
    complete(plain());
    byte[] whole = stored();
    byte[] at = whole;
    for (int length = 0; length <= whole.length + 1; length++) {
      if (length == whole.length) {
        continue;
      }
      byte[] changed = Arrays.copyOf(whole, length);
      store.replace("idempotency/" + OPERATION.reference(), at, changed, Duration.ofHours(1));
      at = changed;

      assertThatThrownBy(() -> claim(plain())).isInstanceOf(UnreadableRecordException.class);
    }
  }
}
