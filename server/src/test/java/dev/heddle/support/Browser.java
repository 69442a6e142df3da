package dev.heddle.support;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;

/// A headless Chromium for all tests of a class, with a fresh profile. After each test its windows
/// are closed, and a violation of the pages' Content-Security-Policy that nobody expected is a
/// failure. Register it as a static extension, with a higher order than the server's:
///
/// ```java
/// @Order(2) @RegisterExtension static final Browser BROWSER = new Browser();
/// ```
public final class Browser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final String[] ARGUMENTS = {
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-proxy-server"
    };

    private final List<String> more;
    private final List<String> violations = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private @Nullable ChromeDriver driver;
    private String emptyWindow = "";

    /// @param more arguments of Chromium
    public Browser(String... more) {
        this.more = List.of(more);
    }

    /// A new window, as a desktop has it, for the page of the raw hub, with nothing in it yet.
    public ChatPage window() {
        return new ChatPage(driver(), open());
    }

    /// A new window, as a desktop has it, for the page of rooms, with nothing in it yet.
    public RoomsPage roomsWindow() {
        return new RoomsPage(driver(), open());
    }

    /// A new window, as a desktop has it, for any page, with nothing in it yet.
    public PlainPage plainWindow() {
        return new PlainPage(driver(), open());
    }

    /// A new window that shows the page of the raw hub of the server at a port of this machine,
    /// connected.
    public ChatPage chat(int port) {
        ChatPage page = window();
        page.visit(port);
        page.awaitState("Connected");
        return page;
    }

    /// The violations of the Content-Security-Policy since the last call; they no longer fail the
    /// test.
    public List<String> takeViolations() {
        readLog();
        List<String> taken = List.copyOf(violations);
        violations.clear();
        return taken;
    }

    /// What pages have said was an error since the last call, requests that failed among them.
    public List<String> takeErrors() {
        readLog();
        List<String> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(TestTools.require("chromium").toFile());
        options.addArguments(ARGUMENTS).addArguments(more);
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(TestTools.require("chromedriver").toFile())
                        .usingAnyFreePort()
                        .build();
        driver = new ChromeDriver(service, options);
        emptyWindow = driver.getWindowHandle();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (String window : driver().getWindowHandles()) {
            driver().switchTo().window(window);
            if (!window.equals(emptyWindow)) {
                driver().close();
            }
        }
        driver().switchTo().window(emptyWindow);
        Assertions.assertEquals(List.of(), takeViolations());
        errors.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
    }

    private void readLog() {
        for (LogEntry entry : driver().manage().logs().get(LogType.BROWSER)) {
            if (entry.getMessage().contains("Content Security Policy")) {
                violations.add(entry.getMessage());
            } else if (entry.getLevel().equals(Level.SEVERE)) {
                errors.add(entry.getMessage());
            }
        }
    }

    private String open() {
        driver().switchTo().newWindow(WindowType.WINDOW);
        // Windows cover each other, but each shall run as the one that somebody looks at.
        Map<String, Object> focused = Map.of("enabled", true);
        driver().executeCdpCommand("Emulation.setFocusEmulationEnabled", focused);
        return driver().getWindowHandle();
    }

    private ChromeDriver driver() {
        return Objects.requireNonNull(driver, "the browser runs while the tests of its class do");
    }
}
