package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A test reads a page as a person does, who waits until there is something to read.
class WebPageIT {
    @RegisterExtension static final Browser BROWSER = new Browser();

    private static PlainPage running(String script) {
        PlainPage page = BROWSER.plainWindow();
        page.visitNothing();
        page.run(script + "; return true;");
        return page;
    }

    @Test
    void anElementThatIsNotThereYetIsAwaited() {
        PlainPage page =
                running(
                        """
                        setTimeout(() => {
                            document.body.innerHTML = '<p id="state">Ready</p><input value="a">';
                        }, 300)
                        """);
        assertEquals("Ready", page.text("#state"));
        assertTrue(page.isShown("#state"));
        assertEquals("a", page.value("input"));
    }

    @Test
    void anElementThatThePageReplacesAgainAndAgainIsRead() {
        PlainPage page =
                running(
                        """
                        globalThis.left = 100;
                        setInterval(() => {
                            if (left > 0) {
                                document.body.innerHTML = '<p id="state">Ready</p>';
                                left--;
                            }
                        })
                        """);
        do {
            assertEquals("Ready", page.text("#state"));
        } while ((long) page.run("return left") > 0);
    }

    @Test
    void aFieldThatIsNotThereYetIsTypedInto() {
        PlainPage page =
                running(
                        """
                        setTimeout(() => { document.body.innerHTML = '<input id="text">'; }, 300)
                        """);
        page.typeInto("#text", "hello");
        assertEquals("hello", page.value("#text"));
    }
}
