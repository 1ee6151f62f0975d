package io.sallyport.examples.reference.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
  @TempDir Path directory;

  @Test
  void theDevProfileNeedsNothingElse() throws Exception {
    ServerConfig config = ServerConfig.read(List.of("--profile", "dev"), Map.of());

    assertThat(config.development()).isTrue();
    assertThat(config.listener()).isEqualTo(new ServerConfig.Listener("127.0.0.1", 8443));
    assertThat(config.tokens()).isInstanceOf(TokenSource.Development.class);
    assertThat(config.tls()).isEmpty();
    assertThat(config.database()).isEmpty();
    assertThat(config.cursorKey()).isEmpty();
  }

  @Test
  void withoutTheDevProfileEverythingThatDecidesAboutSecurityIsRequired() {
    assertThat(faults(List.of(), Map.of()))
        .extracting(Fault::key)
        .containsExactlyInAnyOrder(
            "tls.keystore",
            "tls.keystore.password-file",
            "issuer",
            "audience",
            "jwks.url",
            "database.url",
            "database.user",
            "database.password",
            "database.admin.user",
            "database.admin.password",
            "cursor.secret");
  }

  @Test
  void everyFaultIsReportedAtOnceWithValueRuleAndRemedy() throws Exception {
    Path file =
        write(
            "server.port = 70000",
            "tls.keystore = missing.p12",
            "issuer = https://idp.example",
            "jwks.url = http://idp.example/jwks.json",
            "database.url = postgresql://eve:hunter2@db.example/billing",
            "database.user = billing",
            "database.password = hunter2",
            "database.admin.user = billing",
            "database.admin.password = hunter3",
            "cursor.secret = c2hvcnQ=",
            "trusted.proxies = 10.0.0.0/8, proxy.example, 10.0.0.0/33",
            "limits.per-adress-per-minute = 5",
            "limits.per-caller-per-minute = none");

    List<Fault> faults = faults(List.of("--config", file.toString(), "--verbose"), Map.of());

    assertThat(faults)
        .extracting(Fault::toString)
        .containsExactlyInAnyOrder(
            "--verbose is not an option; use --profile dev and --config FILE only",
            "server.port = \"70000\" must be a whole number from 0 to 65535; correct it, or leave"
                + " it out for 8443",
            "tls.keystore = \"missing.p12\" must name a readable file; create it, or correct the"
                + " path",
            "tls.keystore.password-file is required; name a file with the key store's password",
            "audience is required; give this API's name as tokens have it in aud",
            "jwks.url = \"http://idp.example/jwks.json\" must be an https address; correct it",
            "database.url must not hold user or password; move them to database.user and"
                + " database.password-file",
            "database.user = \"billing\" must differ from database.admin.user; a service that owns"
                + " its tables can lift the separation of tenants; create a role for it",
            "cursor.secret must be base64 of at least 32 random bytes; make one with openssl rand"
                + " -base64 32",
            "trusted.proxies = \"proxy.example\" must be an IP address or a network such as"
                + " 10.0.0.0/8; correct it; a name could be pointed elsewhere",
            "trusted.proxies = \"10.0.0.0/33\" must be an IP address or a network such as"
                + " 10.0.0.0/8; correct it; a name could be pointed elsewhere",
            "limits.per-caller-per-minute = \"none\" must be a whole number from 1 to 1000000;"
                + " correct it, or leave it out for 300",
            "limits.per-adress-per-minute is not a setting; correct or remove"
                + " limits.per-adress-per-minute");
  }

  @Test
  void noSecretIsReportedOrPrinted() throws Exception {
    Path file =
        write(
            "database.password = hunter2",
            "cursor.secret = hunter2",
            "database.url = jdbc:postgresql://u:hunter2@h/d");

    ConfigurationException exception =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> ServerConfig.read(List.of("--config", file.toString()), Map.of()));

    assertThat(exception).hasMessageNotContaining("hunter2");
    assertThat(new Secret("hunter2")).hasToString("***");
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws Exception {
    Path file = write("server.port = 9000", "server.host = 127.0.0.2");

    ServerConfig config =
        ServerConfig.read(
            List.of("--profile", "dev", "--config", file.toString()),
            Map.of("SALLYPORT_SERVER_PORT", "0"));

    assertThat(config.listener()).isEqualTo(new ServerConfig.Listener("127.0.0.2", 0));
  }

  @Test
  void aMisspeltVariableIsAFault() {
    assertThat(
            faults(List.of("--profile", "dev"), Map.of("SALLYPORT_SERVER_PROT", "1", "PATH", "/")))
        .extracting(Fault::key)
        .containsExactly("SALLYPORT_SERVER_PROT");
  }

  @Test
  void aProductionConfigurationIsReadFromFileAndPlatform() throws Exception {
    Path keystore = Files.writeString(directory.resolve("server.p12"), "not read here");
    Path password = Files.writeString(directory.resolve("password"), "changeit\n");
    Path cursors =
        Files.writeString(
            directory.resolve("cursors"), "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=\n");
    Path file =
        write(
            "tls.keystore = " + keystore,
            "tls.keystore.password-file = " + password,
            "issuer = https://idp.example",
            "audience = https://billing.example",
            "jwks.url = https://idp.example/jwks.json",
            "trusted.proxies = 10.0.0.0/8, 192.0.2.1",
            "cursor.secret-file = " + cursors,
            "database.admin.user = owner",
            "database.admin.password-file = " + password);

    ServerConfig config =
        ServerConfig.read(
            List.of("--config", file.toString()),
            Map.of(
                "DATABASE_URL",
                "postgres://db.example/billing",
                "DATABASE_USER",
                "service",
                "DATABASE_PASSWORD",
                "pw"));

    assertThat(config.tls()).contains(new ServerConfig.Tls(keystore, new Secret("changeit")));
    assertThat(config.trustedProxies()).containsExactly("10.0.0.0/8", "192.0.2.1");
    assertThat(config.database())
        .contains(
            new DatabaseConfig(
                "jdbc:postgresql://db.example/billing",
                new DatabaseConfig.Login("service", new Secret("pw")),
                new DatabaseConfig.Login("owner", new Secret("changeit")),
                10));
    assertThat(config.cursorKey()).isPresent();
    assertThat(config.listener().host()).isEqualTo("0.0.0.0");
  }

  private Path write(String... lines) throws Exception {
    return Files.write(directory.resolve("server.properties"), List.of(lines));
  }

  private static List<Fault> faults(List<String> arguments, Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> ServerConfig.read(arguments, environment))
        .faults();
  }
}
