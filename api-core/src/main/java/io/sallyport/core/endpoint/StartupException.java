package io.sallyport.core.endpoint;

import java.util.List;

/**
 * Thrown when a configuration is not fit to serve; names every {@link Fault} at once, so that one
 * restart is enough to mend them all.
 */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * @throws IllegalArgumentException if {@code faults} is empty
   */
  public StartupException(List<Fault> faults) {
    super(describe(faults));
    this.faults = List.copyOf(faults);
  }

  /** The faults, in the order in which they were found. */
  public List<Fault> faults() {
    return faults;
  }

  /** Throws if there is any fault, and otherwise returns. */
  public static void throwIfAny(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new StartupException(faults);
    }
  }

  private static String describe(List<Fault> faults) {
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("faults must not be empty; start instead");
    }
    StringBuilder text = new StringBuilder("cannot start: ");
    text.append(faults.size()).append(faults.size() == 1 ? " fault" : " faults");
    int number = 1;
    for (Fault fault : faults) {
      text.append("\n  ").append(number++).append(". ").append(fault.where()).append(": ");
      text.append(fault.field());
      if (!fault.value().isEmpty()) {
        text.append(" \"").append(fault.value()).append('"');
      }
      text.append(' ').append(fault.rule());
      text.append("\n     -> ").append(fault.remedy());
    }
    return text.toString();
  }
}
