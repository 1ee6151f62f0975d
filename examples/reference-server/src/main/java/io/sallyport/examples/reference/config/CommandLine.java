package io.sallyport.examples.reference.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** {@code --profile dev} and {@code --config FILE}, with what the file says. */
record CommandLine(boolean development, Map<String, String> fileEntries, List<Fault> faults) {
  static CommandLine parse(List<String> arguments) {
    boolean development = false;
    Map<String, String> entries = new TreeMap<>();
    List<Fault> faults = new ArrayList<>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      String value = rest.hasNext() ? rest.next() : "";
      switch (option) {
        case "--profile" -> {
          development = "dev".equals(value);
          if (!development) {
            faults.add(
                new Fault(option, Optional.of(value), "must be dev", "leave it out in production"));
          }
        }
        case "--config" -> entries.putAll(read(value, faults));
        default ->
            faults.add(
                new Fault(
                    option,
                    Optional.empty(),
                    "is not an option",
                    "use --profile dev and --config FILE only"));
      }
    }
    return new CommandLine(development, entries, faults);
  }

  private static Map<String, String> read(String name, List<Fault> faults) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      properties.load(reader);
    } catch (IOException | InvalidPathException e) {
      faults.add(
          new Fault(
              "--config",
              Optional.of(name),
              "must name a readable properties file in UTF-8",
              "create it, or correct the path"));
    } catch (IllegalArgumentException e) {
      faults.add(
          new Fault(
              "--config",
              Optional.of(name),
              "has a broken \\u escape",
              "write the character itself; the file is UTF-8"));
    }
    Map<String, String> entries = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
    return entries;
  }
}
