package dev.heddle.support;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Fails the build when a virtual thread holds its carrier for more than 20 ms while it waits,
/// anywhere in the JVM that runs the tests. JUnit finds it by itself, for every class.
///
/// JFR tells within a second or so, so that the test that fails may be a later one; the stack says
/// whose code it was. What comes last fails the whole run.
public final class PinCheck implements BeforeAllCallback, AfterAllCallback {
    /// The class of a pin that a test makes on purpose.
    static final String PLANTED = "PinCheckTest$Planted";

    /// What happens once, when the first threads come: classes are loaded and initialized. On a
    /// busy machine that takes long. Who waits for it in the JVM may not be taken off its carrier.
    static final Pattern START_UP =
            Pattern.compile(
                    "Waited for initialization of|VM call to"
                            + " (java|javax|jdk|sun|com\\.sun)\\.|(?s:Contended monitor"
                            + " enter.{1,200}Freeze or preempt failed \\(2\\))");

    private static final Namespace OURS = Namespace.create(PinCheck.class);

    /// What has been seen since it was asked last.
    static final class Watch implements AutoCloseable {
        private static final Duration BOUND = Duration.ofMillis(20);

        private final RecordingStream stream = new RecordingStream();
        private final Queue<String> pins = new ConcurrentLinkedQueue<>();
        private final Predicate<String> wanted;

        /// @param wanted which pins count, by their text with the stack
        Watch(Predicate<String> wanted) {
            this.wanted = wanted;
            stream.setMaxAge(Duration.ofSeconds(10));
            stream.enable("jdk.VirtualThreadPinned").withThreshold(BOUND).withStackTrace();
            stream.onEvent("jdk.VirtualThreadPinned", this::add);
            stream.startAsync();
        }

        private void add(RecordedEvent pin) {
            String text = pin.toString();
            if (wanted.test(text)) {
                pins.add(text);
            }
        }

        boolean sees() {
            return !pins.isEmpty();
        }

        /// Fails if there was one.
        void require() {
            String pin = pins.poll();
            pins.clear();
            if (pin != null) {
                throw new AssertionError("a virtual thread held its carrier:\n" + pin);
            }
        }

        @Override
        public void close() {
            stream.stop(); // which hands over what there is
            stream.close();
            require();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        watch(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        watch(context).require();
    }

    private static Watch watch(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(
                        Watch.class,
                        _ ->
                                new Watch(
                                        pin ->
                                                !pin.contains(PLANTED)
                                                        && !START_UP.matcher(pin).find()),
                        Watch.class);
    }
}
