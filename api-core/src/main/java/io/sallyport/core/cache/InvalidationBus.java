package io.sallyport.core.cache;

/**
 * Tells the caches of several nodes what is out of date.
 *
 * <p>Delivery is at most once and takes a moment: an entry lives at most for its TTL, bus or no
 * bus. {@link #publish} never fails for an outage, and does not wait for one to end; a listener
 * hears of it by {@link Listener#lost} and forgets everything. Implementations must be safe for
 * concurrent use, and must pass {@code InvalidationBusContract}. A node hears its own messages or
 * not, which makes no difference.
 */
public interface InvalidationBus {
  /** The longest message, in characters; a longer one invalidates everything. */
  int MAX_LENGTH = 2000;

  /**
   * Says that {@code scope} of the cache {@code cache} is out of date; call it after the change is
   * committed.
   */
  void publish(String cache, String scope);

  /** Hears of the cache {@code cache} from now on, until this bus is closed. */
  void subscribe(String cache, Listener listener);

  /** What a cache does when it hears. */
  interface Listener {
    /** {@code scope} is out of date. */
    void invalidated(String scope);

    /** Messages may have been missed, so everything may be out of date. */
    void lost();
  }

  /** For a single node: says nothing to nobody. */
  static InvalidationBus none() {
    return InProcessInvalidationBus.NONE;
  }

  /** Between caches of one process. */
  static InvalidationBus inProcess() {
    return new InProcessInvalidationBus();
  }
}
