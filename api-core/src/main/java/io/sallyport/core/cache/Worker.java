package io.sallyport.core.cache;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A daemon thread that can be stopped, and that pauses longer the more often it fails. */
final class Worker {
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final long FAREWELL_MILLIS = 10_000;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  Worker(String name, Runnable task) {
    this.thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Tells the thread to end; {@link #join} waits until it has. */
  void stop() {
    stopped.countDown();
    thread.interrupt();
  }

  void join() {
    try {
      thread.join(FAREWELL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for {@code duration}, or until it is stopped; the duration of the next pause. */
  Duration pause(Duration duration) {
    try {
      if (stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        return duration;
      }
    } catch (InterruptedException e) {
      // Only a stop interrupts, and the caller asks for it.
      Thread.currentThread().interrupt();
    }
    Duration doubled = duration.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }
}
