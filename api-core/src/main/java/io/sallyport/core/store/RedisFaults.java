package io.sallyport.core.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.sallyport.core.endpoint.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with a Redis that is to hold a store. */
final class RedisFaults {
  private final String where;
  private final boolean forgettingAllowed;

  RedisFaults(String address, boolean forgettingAllowed) {
    this.where = "store in Redis at " + address;
    this.forgettingAllowed = forgettingAllowed;
  }

  /** By the answer to {@code INFO}, which more users may ask than {@code CONFIG GET}. */
  List<Fault> of(String info) {
    Map<String, String> facts =
        info.lines()
            .filter(line -> line.contains(":"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1).strip(),
                    (first, second) -> first));
    List<Fault> faults = new ArrayList<>();
    expect(
        "noeviction",
        "maxmemory_policy",
        facts,
        "must not evict what has not expired",
        "CONFIG SET maxmemory-policy noeviction, and in its configuration",
        faults);
    expect(
        "master",
        "role",
        facts,
        "must be the primary, since a replica refuses to write and may be late",
        "give the address of the primary, or of Sentinel",
        faults);
    if (!forgettingAllowed) {
      expect(
          "1",
          "aof_enabled",
          facts,
          "must be on, or a restart forgets everything",
          "CONFIG SET appendonly yes, and in its configuration, or allowForgettingOnRestart()",
          faults);
    }
    return faults;
  }

  /** Where Redis answered with an error. */
  List<Fault> ofRefusal(RedisCommandExecutionException refusal) {
    String message = Optional.ofNullable(refusal.getMessage()).orElse("");
    if (message.startsWith("NOPERM") || message.startsWith("ERR unknown command")) {
      return List.of();
    }
    return List.of(
        new Fault(where, "INFO", "", "must be answered", "see what its log says, and mend it"));
  }

  /** Where Redis did not answer, or did not let us in. */
  List<Fault> ofSilence() {
    return List.of(
        new Fault(
            where,
            "server",
            "",
            "must answer",
            "start Redis, or mend its address, password or certificate"));
  }

  private void expect(
      String value,
      String fact,
      Map<String, String> facts,
      String rule,
      String remedy,
      List<Fault> faults) {
    String found = facts.getOrDefault(fact, value);
    if (!found.equals(value)) {
      faults.add(new Fault(where, fact, found, rule, remedy));
    }
  }
}
