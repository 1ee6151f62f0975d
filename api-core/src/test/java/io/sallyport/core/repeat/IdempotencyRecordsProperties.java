package io.sallyport.core.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.idempotency.Claim;
import io.sallyport.core.idempotency.Doubt;
import io.sallyport.core.idempotency.Fingerprint;
import io.sallyport.core.idempotency.IdempotencyRecords;
import io.sallyport.core.idempotency.Lease;
import io.sallyport.core.idempotency.LeaseLostException;
import io.sallyport.core.idempotency.OperationId;
import io.sallyport.core.idempotency.Reconciliation;
import io.sallyport.core.idempotency.RecordEncryption;
import io.sallyport.core.idempotency.StoredResponse;
import io.sallyport.core.idempotency.Terms;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.testing.FakeClock;
import io.sallyport.core.testing.FakeNanoTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The records beside a model of one operation, over any order of claims, endings and delays. */
class IdempotencyRecordsProperties {
  private static final OperationId OPERATION = OperationId.of(List.of("ann", "POST", "pay", "k"));
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  enum Action {
    CLAIM,
    CLAIM_WITH_ANOTHER_REQUEST,
    FIND,
    COMPLETE,
    COMPLETE_IN,
    COMPLETE_UNKEPT,
    RELEASE,
    DOUBT,
    DELAY,
    RECONCILE_COMPLETED,
    RECONCILE_WITHOUT_EFFECT
  }

  /** {@code which} picks among the leases granted so far, or how long to wait. */
  record Step(Action action, int which) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(Action.class), Arbitraries.integers().between(0, 30))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 1000)
  void recordsDoAsTheModelDoes(
      @ForAll("steps") List<Step> steps, @ForAll boolean inTransaction, @ForAll boolean encrypted) {
    World world = new World(inTransaction, encrypted);
    steps.forEach(world::take);
    // Of all that was granted, at most one ended in each life of the record.
    assertThat(world.completions).isLessThanOrEqualTo(world.lives);
  }

  private enum State {
    ABSENT,
    IN_PROGRESS,
    COMPLETED,
    UNKEPT,
    UNCERTAIN
  }

  private static final class World {
    private final FakeClock clock = new FakeClock();
    private final FakeNanoTime nanoTime = new FakeNanoTime();
    private final ExpiringStore store = ExpiringStore.inMemory(100, 8L << 20, nanoTime);
    private final IdempotencyRecords records;
    private final Terms terms;
    private final Fingerprint request = Fingerprint.of(List.of("a"), new byte[0]);
    private final Fingerprint another = Fingerprint.of(List.of("b"), new byte[0]);
    private final List<Lease> leases = new ArrayList<>();
    // The model.
    private State state = State.ABSENT;
    private @Nullable Lease holder;
    private @Nullable Fingerprint recorded;
    private String answer = "";
    private Instant leaseUntil = Instant.MIN;
    private Instant expires = Instant.MAX;
    int completions;
    int lives;

    World(boolean inTransaction, boolean encrypted) {
      terms = new Terms(LIFETIME, LEASE, inTransaction);
      records =
          encrypted
              ? new IdempotencyRecords(
                  store, RecordEncryption.aesGcm(1, new SecretKeySpec(new byte[32], "AES")), clock)
              : new IdempotencyRecords(store, clock);
    }

    void take(Step step) {
      switch (step.action()) {
        case CLAIM -> claim(request);
        case CLAIM_WITH_ANOTHER_REQUEST -> claim(another);
        case FIND -> find();
        case DELAY -> delay(Duration.ofSeconds(step.which()));
        case RECONCILE_COMPLETED -> reconcile(true);
        case RECONCILE_WITHOUT_EFFECT -> reconcile(false);
        default -> {
          if (!leases.isEmpty()) {
            end(step.action(), leases.get(step.which() % leases.size()));
          }
        }
      }
    }

    private void delay(Duration duration) {
      clock.advance(duration);
      nanoTime.advance(duration);
      if (!clock.instant().isBefore(expires)) {
        set(State.ABSENT, null);
      }
    }

    private void claim(Fingerprint asked) {
      Claim claim = records.claim(OPERATION, asked, terms, "exchange");

      boolean takeOver = terms.inTransaction() && ranOut() && asked.equals(recorded);
      if (state == State.ABSENT || takeOver) {
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        if (state == State.ABSENT) {
          lives++;
        }
        holder = ((Claim.Granted) claim).lease();
        leases.add(holder);
        recorded = asked;
        leaseUntil = clock.instant().plus(LEASE);
        set(State.IN_PROGRESS, holder);
      } else {
        check(claim, asked);
      }
    }

    private void find() {
      Optional<Claim> found = records.find(OPERATION, request);
      assertThat(found.isPresent()).isEqualTo(state != State.ABSENT);
      found.ifPresent(claim -> check(claim, request));
    }

    private void check(Claim claim, Fingerprint asked) {
      if (!asked.equals(recorded)) {
        assertThat(claim).isInstanceOf(Claim.Reused.class);
        return;
      }
      switch (state) {
        case COMPLETED ->
            assertThat(new String(((Claim.Done) claim).response().body(), StandardCharsets.UTF_8))
                .isEqualTo(answer);
        case UNKEPT -> assertThat(claim).isEqualTo(new Claim.DoneUnkept(200));
        case UNCERTAIN -> assertThat(claim).isInstanceOf(Claim.Doubtful.class);
        default ->
            assertThat(claim)
                .isEqualTo(
                    ranOut()
                        ? new Claim.Doubtful("exchange")
                        : new Claim.Busy(Duration.between(clock.instant(), leaseUntil)));
      }
    }

    private void end(Action action, Lease lease) {
      boolean counts = state == State.IN_PROGRESS && lease == holder;
      String body = "answer " + leases.indexOf(lease) + " " + action;
      StoredResponse response =
          StoredResponse.of(200).body("text/plain", body.getBytes(StandardCharsets.UTF_8));
      if (action == Action.COMPLETE_IN) {
        if (counts) {
          records.completeIn(store, lease, response);
        } else {
          assertThatThrownBy(() -> records.completeIn(store, lease, response))
              .isInstanceOf(LeaseLostException.class);
        }
      } else {
        boolean done =
            switch (action) {
              case COMPLETE -> records.complete(lease, response);
              case COMPLETE_UNKEPT -> records.completeUnkept(lease, 200);
              case RELEASE -> records.release(lease);
              default -> records.doubt(lease);
            };
        assertThat(done).isEqualTo(counts);
      }
      if (counts) {
        ended(action, body, lease);
      }
      boolean completedByIt = state == State.COMPLETED && lease == holder;
      assertThat(records.completedBy(lease).isPresent()).isEqualTo(completedByIt);
    }

    private void ended(Action action, String body, Lease lease) {
      switch (action) {
        case RELEASE -> set(State.ABSENT, null);
        case DOUBT -> set(State.UNCERTAIN, null);
        case COMPLETE_UNKEPT -> {
          completions++;
          set(State.UNKEPT, null);
        }
        default -> {
          completions++;
          answer = body;
          set(State.COMPLETED, lease);
        }
      }
    }

    private void reconcile(boolean completed) {
      Reconciliation reconciliation = new Reconciliation(records, LIFETIME);
      Optional<Doubt> doubt = reconciliation.find(OPERATION);
      assertThat(doubt.isPresent()).isEqualTo(state == State.UNCERTAIN || ranOut());
      if (doubt.isEmpty()) {
        return;
      }
      if (completed) {
        StoredResponse found =
            StoredResponse.of(200).body("text/plain", "found".getBytes(StandardCharsets.UTF_8));
        assertThat(reconciliation.completed(doubt.get(), found)).isTrue();
        completions++;
        answer = "found";
        set(State.COMPLETED, null);
      } else {
        assertThat(reconciliation.failedWithoutEffect(doubt.get())).isTrue();
        set(State.ABSENT, null);
      }
      assertThat(reconciliation.failedWithoutEffect(doubt.get())).isFalse();
    }

    private boolean ranOut() {
      return state == State.IN_PROGRESS && !clock.instant().isBefore(leaseUntil);
    }

    private void set(State next, @Nullable Lease by) {
      state = next;
      holder = by;
      expires = next == State.ABSENT ? Instant.MAX : clock.instant().plus(LIFETIME);
    }
  }
}
