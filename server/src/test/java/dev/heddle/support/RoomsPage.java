package dev.heddle.support;

import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

import java.util.List;

/// The page of rooms and direct messages. Obtained from a [Browser].
public final class RoomsPage extends WebPage {
    private static final String LOG = ".conversation:not([hidden]) .log";
    private static final String SAID =
            """
            return Array.from(
                document.querySelectorAll('.conversation:not([hidden]) .log .message'),
                (row) => row.querySelector('.who').textContent
                    + Array.from(row.querySelectorAll('.text p'), (p) => p.textContent).join(' | '));
            """;

    RoomsPage(ChromeDriver driver, String window) {
        super(driver, window);
    }

    /// Says who one is, on the card that asks for it.
    public void answer(String name) {
        await("the card", () -> isShown("#who"));
        fill("#who-name", name);
        typeInto("#who-name", Keys.ENTER);
    }

    /// Opens the page and enters the room that it offers first.
    public RoomsPage enterAs(int port, String name) {
        visit(port, "/");
        answer(name);
        awaitState("Connected");
        return this;
    }

    /// Enters a room, or shows it.
    public void room(int room) {
        click("[data-key='enter " + room + "']");
        await("room " + room, () -> text("#where").equals("Room " + room));
        awaitState("Connected");
    }

    public void leave(int room) {
        click("[data-key='leave " + room + "']");
    }

    /// Turns to somebody in the room.
    public void person(String name) {
        String key = "[data-key='person " + name + "']";
        await(name, () -> !texts(key).isEmpty());
        click(key);
    }

    /// Types a text and sends it with Enter.
    public void say(String text) {
        typeInto("#text", text, Keys.ENTER);
    }

    /// The messages of the conversation that is shown, each as `name: text`, with ` (you)` after an
    /// own name and ` | ` before a remark.
    public List<String> said() {
        return ((List<?>) run(SAID)).stream().map(String::valueOf).toList();
    }

    /// Blocks until the last message of the conversation that is shown is this one.
    public void awaitLast(String message) {
        await(
                "the message " + message,
                () -> message.equals(said().reversed().stream().findFirst().orElse("")));
    }

    /// Blocks until the list shows these people, the own name first and marked ` (you)`.
    public void awaitPeople(String... people) {
        await(List.of(people).toString(), () -> people().equals(List.of(people)));
    }

    /// The people in the room that is shown.
    public List<String> people() {
        return texts("#members li").stream().map(text -> text.replace("(you)", " (you)")).toList();
    }

    /// Blocks until the conversation that is shown tells this.
    public void awaitNote(String note) {
        awaitIn(LOG + " .note p", note);
    }

    /// The lines of the conversation that is shown that nobody said.
    public List<String> notes() {
        return texts(LOG + " .note p");
    }

    /// How much is unread in a room or with somebody, as the list shows it.
    public String unread(String key) {
        return String.join("", texts("[data-key='" + key + "'] .count"));
    }

    public String title() {
        return String.valueOf(run("return document.title"));
    }
}
