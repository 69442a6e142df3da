package dev.heddle.support;

import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

import java.util.List;

/// The page of the raw hub. Obtained from a [Browser].
public final class ChatPage extends WebPage {
    private static final String SAID =
            """
            return Array.from(document.querySelectorAll('#log .message'), (row) =>
                (row.querySelector('.who')?.textContent ?? '')
                    + row.querySelector('.text p').textContent);
            """;

    ChatPage(ChromeDriver driver, String window) {
        super(driver, window);
    }

    public void visit(int port) {
        visit(port, "/hub");
    }

    /// Chooses the name under which the page speaks.
    public void name(String name) {
        typeInto("#name", Keys.chord(Keys.CONTROL, "a"), name, Keys.TAB);
    }

    /// Types a text and sends it with Enter.
    public void say(String text) {
        type(text);
        type(Keys.ENTER);
    }

    public void type(CharSequence keys) {
        typeInto("#text", keys);
    }

    /// The messages in the log, each as `name: text`, with ` (you)` after an own name.
    public List<String> said() {
        return ((List<?>) run(SAID)).stream().map(String::valueOf).toList();
    }

    /// Blocks until the last message in the log is this one.
    public void awaitLast(String message) {
        await(
                "the message " + message,
                () -> message.equals(said().reversed().stream().findFirst().orElse("")));
    }

    /// Blocks until something in the log contains a text.
    public void awaitInLog(String text) {
        awaitIn("#log", text);
    }
}
