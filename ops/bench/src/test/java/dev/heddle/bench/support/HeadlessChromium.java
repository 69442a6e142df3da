package dev.heddle.bench.support;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;

/// A Chromium that shows files of the disk, and reaches no network.
public final class HeadlessChromium implements AutoCloseable {
    private final ChromeDriver driver;

    private HeadlessChromium(ChromeDriver driver) {
        this.driver = driver;
    }

    public static HeadlessChromium start() throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(TestTools.require("chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--proxy-server=127.0.0.1:9");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(TestTools.require("chromedriver"))
                        .usingAnyFreePort()
                        .build();
        return new HeadlessChromium(new ChromeDriver(service, options));
    }

    public void setWidth(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", true));
    }

    /// Says which colours the person prefers.
    ///
    /// @param scheme `light` or `dark`
    public void preferScheme(String scheme) {
        Map<String, Object> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
        awaitFrames();
    }

    /// Opens a file, and waits until a frame of it is painted.
    public void show(Path file) {
        driver.get(file.toUri().toString());
        awaitFrames();
    }

    /// Moves the pointer to so many pixels right of the middle of an element.
    public void pointAt(String selector, int right) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        new Actions(driver).moveToElement(element, right, 0).perform();
        awaitFrames();
    }

    /// What a script has drawn for an event that was before is there then.
    private void awaitFrames() {
        driver.executeAsyncScript(
                "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
    }

    /// Runs the body of a function in the page; it returns a value, not `null`.
    public Object run(String body) {
        return Objects.requireNonNull(driver.executeScript(body), body);
    }

    /// What the page's scripts have said was an error, requests that failed among them.
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().equals(Level.SEVERE))
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
