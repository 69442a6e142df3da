package dev.heddle.support;

import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/// The page of the raw hub in one window, driven and read as a person does. Obtained from a
/// [Browser]; **not thread-safe**, nor are two pages of the same browser.
public final class ChatPage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SAID =
            """
            return Array.from(document.querySelectorAll('#log .message'), (row) =>
                (row.querySelector('.who')?.textContent ?? '')
                    + row.querySelector('.text p').textContent);
            """;

    private final ChromeDriver driver;
    private final String window;

    ChatPage(ChromeDriver driver, String window) {
        this.driver = driver;
        this.window = window;
    }

    /// Has a script run before those of every page that this window shows from now on.
    public void beforeLoading(String script) {
        Map<String, Object> source = Map.of("source", script);
        front().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", source);
    }

    public void visit(int port) {
        front().get("http://127.0.0.1:" + port + "/hub");
    }

    public void reload() {
        front().navigate().refresh();
    }

    /// Makes the window as wide and high as a device.
    public void fitTo(int width, int height) {
        Map<String, Object> metrics =
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", true);
        front().executeCdpCommand("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Chooses the name under which the page speaks.
    public void name(String name) {
        find("#name").sendKeys(Keys.chord(Keys.CONTROL, "a"), name, Keys.TAB);
    }

    /// Types a text and sends it with Enter.
    public void say(String text) {
        type(text);
        type(Keys.ENTER);
    }

    public void type(CharSequence keys) {
        find("#text").sendKeys(keys);
    }

    public void click(String selector) {
        find(selector).click();
    }

    /// The messages in the log, each as `name: text`, with ` (you)` after an own name.
    public List<String> said() {
        return ((List<?>) run(SAID)).stream().map(String::valueOf).toList();
    }

    /// What an element shows.
    public String text(String selector) {
        return find(selector).getText();
    }

    public boolean isShown(String selector) {
        return find(selector).isDisplayed();
    }

    /// What is in a field.
    public String value(String selector) {
        return Objects.requireNonNullElse(find(selector).getDomProperty("value"), "");
    }

    /// Runs the body of a function in the page; it may return a value, not `null`.
    public Object run(String body, Object... arguments) {
        return Objects.requireNonNull(front().executeScript(body, arguments), body);
    }

    /// Blocks until the page shows a state of the connection.
    public void awaitState(String state) {
        await("the state " + state, () -> text("#state").equals(state));
    }

    /// Blocks until the last message in the log is this one.
    public void awaitLast(String message) {
        await(
                "the message " + message,
                () -> message.equals(said().reversed().stream().findFirst().orElse("")));
    }

    /// Blocks until something in the log contains a text.
    public void awaitInLog(String text) {
        String contains =
                "return document.querySelector('#log').textContent.includes(arguments[0])";
        await("in the log: " + text, () -> run(contains, text).equals(true));
    }

    /// Blocks until a condition holds.
    public void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    /// The element that the keyboard acts on, by its id.
    public String focused() {
        return String.valueOf(run("return document.activeElement.id"));
    }

    /// Presses a key on whatever has the focus.
    public void press(Keys key) {
        front().switchTo().activeElement().sendKeys(key);
    }

    private WebElement find(String selector) {
        return front().findElement(By.cssSelector(selector));
    }

    private ChromeDriver front() {
        driver.switchTo().window(window);
        return driver;
    }
}
