package io.sallyport.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes what servers leave behind. */
final class TemporaryFiles {
  private TemporaryFiles() {}

  /** Deletes {@code directory} and everything below it. */
  static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      // What is deepest comes first.
      List<Path> all = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
