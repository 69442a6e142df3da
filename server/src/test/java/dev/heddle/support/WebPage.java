package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// A page in one window of a [Browser], driven and read as a person does. **Not thread-safe**, nor
/// are two pages of the same browser.
public abstract sealed class WebPage permits ChatPage, PlainPage, RoomsPage {
    private static final Duration PATIENCE = Patience.BOUND;

    private final ChromeDriver driver;
    private final String window;

    WebPage(ChromeDriver driver, String window) {
        this.driver = driver;
        this.window = window;
    }

    /// Has a script run before those of every page that this window shows from now on.
    public void beforeLoading(String script) {
        Map<String, Object> source = Map.of("source", script);
        front().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", source);
    }

    /// Opens a path of the server at a port of this machine.
    public void visit(int port, String path) {
        visit("http", port, path);
    }

    /// Shows what is there.
    ///
    /// @param scheme `http` or `https`
    public void visit(String scheme, int port, String path) {
        String address = scheme + "://127.0.0.1:" + port + path;
        front().get(address);
        if ("about:blank"
                .equals(driver.getCurrentUrl())) { // what a new window begins with came last
            driver.get(address);
        }
    }

    /// Leaves the page, which ends its connections.
    public void visitNothing() {
        front().get("about:blank");
    }

    /// The path and the query that the window shows.
    public String place() {
        return String.valueOf(run("return location.pathname + location.search"));
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

    /// Freezes the page, as browsers do with those of a lid that is shut or of a hidden tab: no
    /// script of it runs, and what comes for it waits.
    public void freeze() {
        setLifecycle("frozen");
    }

    /// Lets the page go on, after [#freeze()].
    public void unfreeze() {
        setLifecycle("active");
    }

    /// Cuts the browser off from the network, or lets it back; what is connected stays.
    public void setOffline(boolean isOffline) {
        Map<String, Object> conditions =
                Map.of(
                        "offline",
                        isOffline,
                        "latency",
                        0,
                        "downloadThroughput",
                        -1,
                        "uploadThroughput",
                        -1);
        front().executeCdpCommand("Network.enable", Map.of());
        front().executeCdpCommand("Network.emulateNetworkConditions", conditions);
    }

    public void typeInto(String selector, CharSequence... keys) {
        with(
                selector,
                field -> {
                    field.sendKeys(keys);
                    return field;
                });
    }

    /// Puts a text in place of what is in a field.
    public void fill(String selector, String text) {
        typeInto(selector, Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.DELETE : text);
    }

    /// Clicks an element.
    public void click(String selector) {
        with(
                selector,
                element -> {
                    element.click();
                    return element;
                });
    }

    /// What an element shows.
    public String text(String selector) {
        return with(selector, WebElement::getText);
    }

    public boolean isShown(String selector) {
        return with(selector, WebElement::isDisplayed);
    }

    /// What is in a field.
    public String value(String selector) {
        return with(
                selector, field -> Objects.requireNonNullElse(field.getDomProperty("value"), ""));
    }

    /// Runs the body of a function in the page; it may return a value, not `null`.
    public Object run(String body, Object... arguments) {
        return Objects.requireNonNull(front().executeScript(body, arguments), body);
    }

    /// Insists that neither the page nor the browser keeps any part of a token.
    public void requireKeptNowhere(String token) {
        String kept =
                String.valueOf(
                        run(
                                """
                                const fields = Array.from(
                                    document.querySelectorAll('input'), (field) => field.value);
                                return JSON.stringify([localStorage, sessionStorage, fields])
                                    + document.documentElement.outerHTML + location.href;
                                """));
        for (String part : token.split("\\.", -1)) {
            assertFalse(kept.contains(part), kept);
        }
    }

    /// What each of the elements that a selector finds has as its text, shown or not.
    public List<String> texts(String selector) {
        Object texts =
                run(
                        "return Array.from(document.querySelectorAll(arguments[0]),"
                                + " (e) => e.textContent)",
                        selector);
        return ((List<?>) texts).stream().map(String::valueOf).toList();
    }

    /// Blocks until the page shows a state of the connection.
    public void awaitState(String state) {
        await("the state " + state, () -> text("#state").equals(state));
    }

    /// Blocks until something of what an element has as its text is this.
    public void awaitIn(String selector, String text) {
        await(
                text + " in " + selector,
                () -> texts(selector).stream().anyMatch(each -> each.contains(text)));
    }

    /// Blocks until a condition holds.
    public void await(String what, Callable<Boolean> condition) {
        patience(what).until(condition);
    }

    /// The element that the keyboard acts on, by its id.
    public String focused() {
        return String.valueOf(run("return document.activeElement?.id ?? ''"));
    }

    /// Presses a key on whatever has the focus.
    public void press(Keys key) {
        front().switchTo().activeElement().sendKeys(key);
    }

    private void setLifecycle(String state) {
        front().executeCdpCommand("Page.setWebLifecycleState", Map.of("state", state));
    }

    /// Does something with an element as soon as it can be done: the page may not be there yet, may
    /// just have put another element in its place, or may hide it for the moment of a try.
    private <T> T with(String selector, Function<WebElement, T> use) {
        return patience(selector)
                .ignoreExceptionsMatching(
                        failure ->
                                failure instanceof NoSuchElementException
                                        || failure instanceof StaleElementReferenceException
                                        || failure instanceof ElementNotInteractableException)
                .until(
                        () -> use.apply(front().findElement(By.cssSelector(selector))),
                        Objects::nonNull);
    }

    private static ConditionFactory patience(String what) {
        return Awaitility.await(what)
                .pollInSameThread()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }

    private ChromeDriver front() {
        driver.switchTo().window(window);
        return driver;
    }
}
