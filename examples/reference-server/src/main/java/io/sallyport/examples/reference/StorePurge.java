package io.sallyport.examples.reference;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.store.JdbcExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what has expired in the store, every minute, on a thread of its own. */
final class StorePurge {
  private static final Logger LOG = LoggerFactory.getLogger(StorePurge.class);

  /** Some thousands keep the transaction, and the locks that it holds, short. */
  private static final int BATCH = 5_000;

  private final JdbcExpiringStore store;
  private final ScheduledExecutorService clock;

  private StorePurge(JdbcExpiringStore store, ScheduledExecutorService clock) {
    this.store = requireNonNull(store, "store");
    this.clock = clock;
  }

  /** Starts to purge {@code store}; {@link #stop} ends it. */
  @SuppressWarnings("FutureReturnValueIgnored") // it runs until stop; what fails is logged by run
  static StorePurge start(JdbcExpiringStore store) {
    StorePurge purge =
        new StorePurge(
            store,
            new ScheduledThreadPoolExecutor(
                1,
                task -> {
                  Thread thread = new Thread(task, "store-purge");
                  thread.setDaemon(true);
                  return thread;
                }));
    purge.clock.scheduleWithFixedDelay(purge::run, 1, 1, TimeUnit.MINUTES);
    return purge;
  }

  private void run() {
    try {
      while (store.purge(BATCH) == BATCH && !clock.isShutdown()) {
        LOG.debug("purged {} records, and there are more", BATCH);
      }
    } catch (StoreUnavailableException e) {
      // Expired records are never seen, purged or not; the next minute tries again.
      LOG.warn("the store could not be purged", e);
    }
  }

  /** Waits for a purge that is under way, so that the pool can be closed behind it. */
  void stop() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(5, TimeUnit.SECONDS)) {
      clock.shutdownNow();
    }
  }
}
