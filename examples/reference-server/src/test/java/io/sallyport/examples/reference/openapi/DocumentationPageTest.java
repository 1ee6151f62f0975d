package io.sallyport.examples.reference.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.examples.reference.BillingServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Somebody reads the documentation in a browser, pastes a token, and calls the API from it. */
class DocumentationPageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @TempDir Path profile;
  private BillingServer server;
  private ChromeDriver browser;
  private WebDriverWait patience;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "skipped: needs chromium and chromium-driver");
    server = BillingServer.shared();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1200,1600",
        "--user-data-dir=" + profile);
    // The development certificate signs itself.
    options.setAcceptInsecureCerts(true);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService driver =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    browser = new ChromeDriver(driver, options);
    patience = new WebDriverWait(browser, Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void theDocumentationIsReadAndAnAuthorisedCallIsMade() throws Exception {
    browser.get(server.address().resolve("/docs").toString());
    click(By.id("operations-customers-listCustomers"));
    click(By.cssSelector(".auth-wrapper .authorize"));
    WebElement token = visible(By.cssSelector(".auth-container input"));
    token.sendKeys(server.accountant());
    click(By.cssSelector(".auth-container button[type=submit]"));
    click(By.cssSelector(".auth-container .btn-done"));
    click(By.cssSelector("#operations-customers-listCustomers .try-out__btn"));
    click(By.cssSelector("#operations-customers-listCustomers .execute"));

    WebElement status =
        visible(
            By.cssSelector(
                "#operations-customers-listCustomers .live-responses-table"
                    + " tbody td.response-col_status"));
    WebElement body =
        visible(
            By.cssSelector(
                "#operations-customers-listCustomers .live-responses-table" + " .highlight-code"));
    saveScreenshot();

    assertThat(status.getText()).startsWith("200");
    assertThat(body.getText()).contains("Roadrunner");
    assertThat(browser.findElements(By.cssSelector(".opblock"))).hasSize(11);
    assertThat(refusedByPolicy()).isEmpty();
    assertThat(otherHosts()).isEmpty();
  }

  /** What the console says of the content security policy. */
  private List<String> refusedByPolicy() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .filter(line -> line.contains("Content Security Policy") || line.contains("SEVERE"))
        .toList();
  }

  /** Requests of the page to anywhere but the server. */
  private List<String> otherHosts() {
    return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> entry.getMessage())
        .filter(line -> line.contains("\"Network.requestWillBeSent\""))
        .map(line -> line.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
        .filter(url -> url.startsWith("http") && !url.startsWith(server.address().toString()))
        .toList();
  }

  private void saveScreenshot() throws Exception {
    String file = System.getProperty("sallyport.screenshot");
    if (file != null) {
      Files.write(Path.of(file), browser.getScreenshotAs(OutputType.BYTES));
    }
  }

  private WebElement visible(By what) {
    return patience.until(ExpectedConditions.visibilityOfElementLocated(what));
  }

  private void click(By what) {
    WebElement found = patience.until(ExpectedConditions.elementToBeClickable(what));
    browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
    found.click();
  }
}
