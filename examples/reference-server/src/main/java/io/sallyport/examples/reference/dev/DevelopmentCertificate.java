package io.sallyport.examples.reference.dev;

import io.sallyport.examples.reference.config.Secret;
import io.sallyport.examples.reference.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A self-signed certificate for {@code localhost}, made at each start and deleted at its end.
 * Nobody should trust it, and no key is left on the disk that somebody might.
 */
public final class DevelopmentCertificate implements AutoCloseable {
  private static final int KEYTOOL_TIMEOUT_SECONDS = 60;

  private final Path directory;
  private final ServerConfig.Tls tls;

  private DevelopmentCertificate(Path directory, ServerConfig.Tls tls) {
    this.directory = directory;
    this.tls = tls;
  }

  /** Makes one with the running JDK's {@code keytool}. */
  public static DevelopmentCertificate create(RandomGenerator random)
      throws IOException, InterruptedException {
    // Created readable by its owner only.
    Path directory = Files.createTempDirectory("sallyport-dev");
    Path keystore = directory.resolve("server.p12");
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    Secret password = new Secret(HexFormat.of().formatHex(bytes));
    try {
      runKeytool(keystore, password);
    } catch (IOException | InterruptedException e) {
      delete(directory);
      throw e;
    }
    return new DevelopmentCertificate(directory, new ServerConfig.Tls(keystore, password));
  }

  public ServerConfig.Tls tls() {
    return tls;
  }

  @Override
  public void close() throws IOException {
    delete(directory);
  }

  private static void runKeytool(Path keystore, Secret password)
      throws IOException, InterruptedException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1,ip:::1",
            "-validity",
            "30",
            "-storetype",
            "PKCS12",
            "-keystore",
            keystore.toString(),
            // By environment: the arguments of a process are for every user to see.
            "-storepass:env",
            "KEYSTORE_PASSWORD");
    keytool.environment().put("KEYSTORE_PASSWORD", password.reveal());
    keytool.redirectErrorStream(true);
    keytool.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = keytool.start();
    if (!process.waitFor(KEYTOOL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("keytool did not end within " + KEYTOOL_TIMEOUT_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException("keytool ended with " + process.exitValue());
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve("server.p12"));
    Files.deleteIfExists(directory);
  }
}
