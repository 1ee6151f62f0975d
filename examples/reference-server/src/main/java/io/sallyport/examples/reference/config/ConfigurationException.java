package io.sallyport.examples.reference.config;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** The configuration cannot be used. Names every fault, so that one correction is enough. */
public final class ConfigurationException extends Exception {
  private final transient List<Fault> faults;

  public ConfigurationException(List<Fault> faults) {
    super(
        faults.stream()
            .map(fault -> "\n  - " + fault)
            .collect(joining("", faults.size() + " fault(s) in the configuration:", "")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
