package io.sallyport.core.cache;

/** Tells on the thread that publishes. */
final class InProcessInvalidationBus implements InvalidationBus {
  static final InvalidationBus NONE =
      new InvalidationBus() {
        @Override
        public void publish(String cache, String scope) {
          // Nobody else has anything to forget.
        }

        @Override
        public void subscribe(String cache, Listener listener) {
          // Nobody else has anything to say.
        }
      };

  private final Listeners listeners = new Listeners();

  @Override
  public void publish(String cache, String scope) {
    listeners.tell(cache, scope);
  }

  @Override
  public void subscribe(String cache, Listener listener) {
    listeners.add(cache, listener);
  }
}
