package io.sallyport.examples.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The reference server as users start it: a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final String LAST_LINE = "Ctrl-C finishes";

  private final Process process;
  private final Path log;
  private final List<String> printed = new ArrayList<>();

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ServerProcess start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    return run(directory, environment, command(arguments));
  }

  /** Starts a shell that starts the server, which so is a child of a child. */
  static ServerProcess startBelowShell(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & wait", "sh"));
    command.addAll(command(arguments));
    return run(directory, environment, command);
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ReferenceServer.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static ServerProcess run(
      Path directory, Map<String, String> environment, List<String> command) throws IOException {
    Path log = directory.resolve("server.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeIf(ServerProcess::isSetting);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), log);
  }

  /** Reads what the server prints, to the end of its tour or of its output. */
  List<String> awaitTour() throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.add(line);
      if (line.startsWith(LAST_LINE)) {
        return printed;
      }
    }
    throw new IllegalStateException("the server ended: " + log());
  }

  /** The server, where a shell started it. */
  ProcessHandle belowShell() {
    return process.children().findFirst().orElseThrow();
  }

  /** The variables that the server printed, {@code BASE} and the tokens. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    for (String line : printed) {
      if (line.matches("[A-Z]+=\\S+")) {
        variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return variables;
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server did not end");
    }
    return process.exitValue();
  }

  /** What Ctrl-C does, as far as a process can do it to another. */
  void interrupt() {
    process.destroy();
  }

  /** Leaves the process no time to tell its children. */
  void kill() {
    process.destroyForcibly();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static boolean isSetting(String variable) {
    return variable.startsWith("SALLYPORT_") || variable.startsWith("DATABASE_");
  }
}
