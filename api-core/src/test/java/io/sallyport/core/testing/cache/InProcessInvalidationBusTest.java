package io.sallyport.core.testing.cache;

import io.sallyport.core.cache.InvalidationBus;

class InProcessInvalidationBusTest extends InvalidationBusContract {
  private final InvalidationBus bus = InvalidationBus.inProcess();

  @Override
  protected InvalidationBus node() {
    return bus;
  }
}
