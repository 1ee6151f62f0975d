package io.sallyport.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one task on many threads at once. */
public final class Race {
  private Race() {}

  /**
   * The results of {@code runner} on {@code threads} threads that start together, in no order.
   *
   * @throws IllegalStateException if a runner failed, or took longer than two minutes
   */
  public static <T> List<T> of(int threads, Runner<T> runner) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  return runner.run(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(2, TimeUnit.MINUTES));
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a runner did not arrive", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** What each thread does. */
  @FunctionalInterface
  public interface Runner<T> {
    /** Runs as the one with this {@code number}, counted from 0. */
    T run(int number) throws Exception;
  }
}
