package io.sallyport.examples.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.examples.reference.BillingServer;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that was generated from the document compiles, and takes the README's tour. */
class GeneratedClientTest {
  private static final Path GENERATOR = Path.of("target/generator").toAbsolutePath();
  private static final Path TOUR = Path.of("src/test/client/ClientTour.java").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void theGeneratedClientTakesTheTour() throws Exception {
    BillingServer server = BillingServer.shared();
    generate(server.saveDocument(directory));
    Path classes = compile();

    String seen = take(classes, server);

    assertThat(seen)
        .isEqualTo(
            """
            401 unauthenticated
            2 01900000-0000-7000-8000-00000000e001
            Roadrunner Logistics
            403 forbidden
            Tortoise Racing ACTIVE
            5850 true
            Coyote Rockets
            412 precondition-failed
            422 validation-failed
            404 not-found
            EUREUREUREUREUR
            429 rate-limited
            """);
  }

  private void generate(Path document) throws Exception {
    Process generator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                GENERATOR.resolve("openapi-generator-cli.jar").toString(),
                "generate",
                "--input-spec",
                document.toString(),
                "--generator-name",
                "java",
                "--output",
                directory.resolve("client").toString(),
                "--global-property",
                "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false",
                "--additional-properties",
                "library=native,openApiNullable=false,useJakartaEe=true,invokerPackage=client,"
                    + "apiPackage=client.api,modelPackage=client.model")
            .redirectErrorStream(true)
            .start();
    generator.getOutputStream().close();
    String output = new String(generator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(generator.waitFor()).as(output).isZero();
  }

  private Path compile() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of("-nowarn", "-proc:none", "-cp", classPath(), "-d", classes.toString()));
    try (Stream<Path> sources = Files.walk(directory.resolve("client/src/main/java"))) {
      sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    arguments.add(TOUR.toString());
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertThat(result).as("javac").isZero();
    return classes;
  }

  /** In a class loader that knows nothing of ours, so that the client brings all it needs. */
  private static String take(Path classes, BillingServer server) throws Exception {
    List<URL> path = new ArrayList<>();
    path.add(classes.toUri().toURL());
    for (String jar : classPath().split(File.pathSeparator, -1)) {
      path.add(Path.of(jar).toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Thread current = Thread.currentThread();
      ClassLoader before = current.getContextClassLoader();
      current.setContextClassLoader(loader);
      try {
        return (String)
            loader
                .loadClass("ClientTour")
                .getMethod(
                    "take", URI.class, SSLContext.class, String.class, String.class, String.class)
                .invoke(
                    null,
                    server.address(),
                    server.trust(),
                    server.token("acme", "alice", "accountant"),
                    server.token("acme", "bob", "viewer"),
                    server.token("globex", "carol", "accountant"));
      } finally {
        current.setContextClassLoader(before);
      }
    }
  }

  private static String classPath() {
    return GENERATOR.resolve("openapi-generator-cli.jar")
        + File.pathSeparator
        + GENERATOR.resolve("jakarta.annotation-api.jar");
  }
}
