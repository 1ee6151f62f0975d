package io.sallyport.core.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Lets one of many do the work for a key while the others wait for what comes of it. If it fails,
 * one of those who wait does it next, and the others go on waiting. No lock is held while it works,
 * and a waiting virtual thread is parked.
 */
final class SingleFlight<K, V> {
  private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
  private final Duration patience;
  private final LongSupplier nanoTime;

  /** Nobody waits longer than {@code patience}, also not for a leader that never comes back. */
  SingleFlight(Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * A seat for {@code key}. Waits while another one works on it; the seat of a leader must be ended
   * by {@link Seat#land} or {@link Seat#fail}.
   */
  Seat<K, V> board(K key) {
    long since = nanoTime.getAsLong();
    while (true) {
      Flight<V> mine = new Flight<>(nanoTime.getAsLong());
      Flight<V> flight =
          flights.compute(
              key, (any, known) -> known == null || isLost(known, mine.startedAt) ? mine : known);
      if (flight == mine) {
        return new Seat<>(this, key, mine, true, Optional.empty());
      }
      Landing<V> landing = await(flight, patience.toNanos() - (mine.startedAt - since));
      if (!landing.failed()) {
        return new Seat<>(this, key, flight, false, landing.result());
      }
    }
  }

  private boolean isLost(Flight<V> flight, long now) {
    return now - flight.startedAt > patience.toNanos();
  }

  /** What the leader brought; nothing, if nothing came in time. */
  private static <V> Landing<V> await(Flight<V> flight, long nanos) {
    try {
      return flight.landing.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Landing.of(Optional.empty());
    } catch (ExecutionException | TimeoutException e) {
      // Too slow, and nothing else: a flight never lands with an exception.
      return Landing.of(Optional.empty());
    }
  }

  // A class and not a record: two flights are never the same one.
  private static final class Flight<V> {
    private final long startedAt;
    private final CompletableFuture<Landing<V>> landing = new CompletableFuture<>();

    Flight(long startedAt) {
      this.startedAt = startedAt;
    }
  }

  private record Landing<V>(Optional<V> result, boolean failed) {
    static <V> Landing<V> of(Optional<V> result) {
      return new Landing<>(result, false);
    }
  }

  /** A place in a flight. */
  static final class Seat<K, V> {
    private final SingleFlight<K, V> all;
    private final K key;
    private final Flight<V> flight;
    private final boolean leads;
    private final Optional<V> brought;

    private Seat(
        SingleFlight<K, V> all, K key, Flight<V> flight, boolean leads, Optional<V> brought) {
      this.all = all;
      this.key = key;
      this.flight = flight;
      this.leads = leads;
      this.brought = brought;
    }

    /** Whether the work is for this one to do, for the others as well. */
    boolean leads() {
      return leads;
    }

    /** What the leader brought; empty if nothing to share, or nothing in time. */
    Optional<V> brought() {
      return brought;
    }

    /** Ends the flight: the others go on with {@code result}, or, if it is empty, by themselves. */
    void land(Optional<V> result) {
      end(Landing.of(result));
    }

    /** Ends the flight without anything: one of the others leads the next. */
    void fail() {
      end(new Landing<>(Optional.empty(), true));
    }

    private void end(Landing<V> landing) {
      // First, so that whoever hears of it boards another one.
      all.flights.remove(key, flight);
      flight.landing.complete(landing);
    }
  }
}
