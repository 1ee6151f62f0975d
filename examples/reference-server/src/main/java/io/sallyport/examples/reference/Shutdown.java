package io.sallyport.examples.reference;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be stopped, last started first: the pool of connections outlives the requests that use
 * it, and the database the pool.
 */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final Deque<Step> steps = new ArrayDeque<>();

  /** Stops one thing. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  synchronized void add(Step step) {
    steps.push(step);
  }

  /** Takes every step once; one that fails does not keep the others from being taken. */
  synchronized void run() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (Exception e) {
        LOG.warn("a part did not stop as it should", e);
      }
    }
  }
}
