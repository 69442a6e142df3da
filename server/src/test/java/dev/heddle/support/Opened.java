package dev.heddle.support;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Closes what a test has opened when the test is over, the last first. An error while something is
/// closed fails the test, and the rest is closed all the same. **Thread-safe.**
public final class Opened implements AfterEachCallback {
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    /// Returns what it is given, and closes it after the test.
    public <T extends AutoCloseable> T add(T each) {
        open.push(each);
        return each;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        AutoCloseable last = open.poll();
        if (last != null) {
            try {
                last.close();
            } finally {
                afterEach(context);
            }
        }
    }
}
