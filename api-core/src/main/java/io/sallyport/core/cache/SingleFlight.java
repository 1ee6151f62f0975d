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
 * Lets one of many do the work for a key while the others wait for what comes of it. No lock is
 * held while it works, and a waiting virtual thread is parked.
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

  /** A seat in the flight for {@code key}; the leader's must be ended by {@link Seat#land}. */
  Seat<K, V> board(K key) {
    Flight<V> mine = new Flight<>(nanoTime.getAsLong());
    Flight<V> flight =
        flights.compute(
            key, (any, known) -> known == null || isLost(known, mine.startedAt) ? mine : known);
    return new Seat<>(this, key, flight, flight == mine);
  }

  private boolean isLost(Flight<V> flight, long now) {
    return now - flight.startedAt > patience.toNanos();
  }

  // A class and not a record: two flights are never the same one.
  private static final class Flight<V> {
    private final long startedAt;
    private final CompletableFuture<Optional<V>> result = new CompletableFuture<>();

    Flight(long startedAt) {
      this.startedAt = startedAt;
    }
  }

  /** A place in a flight. */
  static final class Seat<K, V> {
    private final SingleFlight<K, V> all;
    private final K key;
    private final Flight<V> flight;
    private final boolean leads;

    private Seat(SingleFlight<K, V> all, K key, Flight<V> flight, boolean leads) {
      this.all = all;
      this.key = key;
      this.flight = flight;
      this.leads = leads;
    }

    /** Whether the work is for this one to do. */
    boolean leads() {
      return leads;
    }

    /** Ends the flight: the others go on with {@code result}, or, if it is empty, by themselves. */
    void land(Optional<V> result) {
      all.flights.remove(key, flight);
      flight.result.complete(result);
    }

    /** What the leader brought; empty if nothing, or nothing in time. */
    Optional<V> await() {
      try {
        return flight.result.get(all.patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } catch (ExecutionException | TimeoutException e) {
        // Too slow, and nothing else: a flight lands with a value or with none.
        return Optional.empty();
      }
    }
  }
}
