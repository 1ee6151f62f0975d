package io.sallyport.examples.reference.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads typed values out of a file's entries and the environment, and remembers every fault instead
 * of stopping at the first.
 *
 * <p>{@code server.port} is {@code SALLYPORT_SERVER_PORT} in the environment, and {@code
 * database.url} also {@code DATABASE_URL}, as hosting platforms set it. The environment wins.
 */
final class Settings {
  private static final String PREFIX = "SALLYPORT_";

  private final Map<String, String> file;
  private final Map<String, String> environment;
  private final Set<String> known = new HashSet<>();
  private final List<Fault> faults;

  Settings(Map<String, String> file, Map<String, String> environment, List<Fault> faults) {
    this.file = Map.copyOf(file);
    this.environment = Map.copyOf(environment);
    this.faults = new ArrayList<>(faults);
  }

  Optional<String> text(String key) {
    known.add(key);
    return Optional.ofNullable(environment.get(PREFIX + variable(key)))
        .or(() -> fromPlatform(key))
        .or(() -> Optional.ofNullable(file.get(key)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** A missing value is a fault, and the returned text then a placeholder nobody will see. */
  String required(String key, String remedy) {
    return text(key)
        .orElseGet(
            () -> {
              fault(key, Optional.empty(), "is required", remedy);
              return "";
            });
  }

  int integer(String key, int defaultValue, int min, int max) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    fault(
        key,
        text,
        "must be a whole number from " + min + " to " + max,
        "correct it, or leave it out for " + defaultValue);
    return defaultValue;
  }

  Optional<Path> existingFile(String key) {
    Optional<String> text = text(key);
    try {
      Optional<Path> path = text.map(Path::of);
      if (path.isEmpty() || Files.isReadable(path.get())) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Reported below, like a file that is not there.
    }
    fault(key, text, "must name a readable file", "create it, or correct the path");
    return Optional.empty();
  }

  /** The content of {@code key-file}; a secret on a command line or in a listing is none. */
  Optional<Secret> secretFile(String key) {
    Optional<Path> path = existingFile(key);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Secret(Files.readString(path.get()).strip()));
    } catch (IOException e) {
      fault(key, text(key), "must be a text file in UTF-8", "write the secret alone into it");
      return Optional.empty();
    }
  }

  Optional<Secret> secret(String key) {
    Optional<Secret> direct = text(key).map(Secret::new);
    Optional<Secret> fromFile = secretFile(key + "-file");
    if (direct.isPresent() && text(key + "-file").isPresent()) {
      fault(key, Optional.empty(), "is given twice", "keep only " + key + "-file");
    }
    return fromFile.or(() -> direct);
  }

  void fault(String key, Optional<String> value, String rule, String remedy) {
    faults.add(new Fault(key, value, rule, remedy));
  }

  /**
   * Ends the reading. A key that was not asked for is a fault: a misspelt limit that is silently
   * ignored would be no limit.
   */
  void finish() throws ConfigurationException {
    file.keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .forEach(key -> unknown(key, key));
    Set<String> variables = new HashSet<>();
    known.forEach(key -> variables.add(PREFIX + variable(key)));
    environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !variables.contains(name))
        .sorted()
        .forEach(name -> unknown(name, "environment variable " + name));
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }

  private void unknown(String key, String what) {
    // Its value stays out: it may be a secret under a misspelt name.
    fault(key, Optional.empty(), "is not a setting", "correct or remove " + what);
  }

  private Optional<String> fromPlatform(String key) {
    return key.startsWith("database.")
        ? Optional.ofNullable(environment.get(variable(key)))
        : Optional.empty();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
