package io.sallyport.observability.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the id of an exchange into the MDC of this thread; ending puts back what was there. */
final class CorrelationId {
  private final @Nullable String previous;

  private CorrelationId(@Nullable String previous) {
    this.previous = previous;
  }

  static CorrelationId begin(String id) {
    CorrelationId scope = new CorrelationId(MDC.get(AccessLogFilter.MDC_KEY));
    MDC.put(AccessLogFilter.MDC_KEY, id);
    return scope;
  }

  void end() {
    if (previous == null) {
      MDC.remove(AccessLogFilter.MDC_KEY);
    } else {
      MDC.put(AccessLogFilter.MDC_KEY, previous);
    }
  }
}
