package io.sallyport.core.testing.cache;

import io.sallyport.core.cache.InvalidationBus;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Hears, once the caches that subscribed before it have heard, and can be waited for. */
final class HeardMessages implements InvalidationBus.Listener {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heardMore = lock.newCondition();
  private final Set<String> scopes = new java.util.HashSet<>();
  private int losses;

  @Override
  public void invalidated(String scope) {
    lock.lock();
    try {
      scopes.add(scope);
      heardMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void lost() {
    lock.lock();
    try {
      losses++;
      heardMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean has(String scope) {
    lock.lock();
    try {
      return scopes.contains(scope);
    } finally {
      lock.unlock();
    }
  }

  int losses() {
    lock.lock();
    try {
      return losses;
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@code scope} is heard in time. */
  boolean await(String scope) throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (!scopes.contains(scope) && left > 0) {
        left = heardMore.awaitNanos(left);
      }
      return scopes.contains(scope);
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is in time a loss more than {@code before}. */
  boolean awaitLossAfter(int before) throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (losses <= before && left > 0) {
        left = heardMore.awaitNanos(left);
      }
      return losses > before;
    } finally {
      lock.unlock();
    }
  }
}
