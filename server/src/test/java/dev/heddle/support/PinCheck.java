package dev.heddle.support;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingStream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Fails the build when virtual threads hold their carriers while they wait, twice at one place,
/// anywhere in the JVM that runs the tests. JUnit finds it by itself, for every class.
///
/// How long they hold them does not matter: that says more about the machine than about the code.
/// JFR tells within a second or so, so that the test that fails may be a later one; the stack says
/// whose code it was. What comes last fails the whole run.
public final class PinCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Namespace OURS = Namespace.create(PinCheck.class);

    /// What has been seen since it was asked last.
    static final class Watch implements AutoCloseable {
        private static final int FRAMES = 10;

        private final RecordingStream stream = new RecordingStream();
        private final PinPlaces places = new PinPlaces();
        private final Queue<String> pins = new ConcurrentLinkedQueue<>();
        private final Predicate<String> isOurs;

        /// @param isOurs which pins count, by their place
        Watch(Predicate<String> isOurs) {
            this.isOurs = isOurs;
            stream.setMaxAge(Duration.ofSeconds(10));
            stream.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            stream.onEvent("jdk.VirtualThreadPinned", this::add);
            stream.startAsync();
        }

        private void add(RecordedEvent pin) {
            String why = pin.getString("blockingOperation") + ", " + pin.getString("pinnedReason");
            String place = place(pin.getStackTrace());
            if (isOurs.test(place) && places.isSecond(why, place)) {
                pins.add(why + "\nat " + place);
            }
        }

        /// The innermost frames that are not the JDK's machinery of parking.
        private static String place(RecordedStackTrace stack) {
            return stack == null
                    ? "an unknown place"
                    : stack.getFrames().stream()
                            .filter(RecordedFrame::isJavaFrame)
                            .map(Watch::text)
                            .filter(frame -> !frame.startsWith("java.lang.VirtualThread."))
                            .limit(FRAMES)
                            .collect(Collectors.joining("\nat "));
        }

        private static String text(RecordedFrame frame) {
            return "%s.%s:%d"
                    .formatted(
                            frame.getMethod().getType().getName(),
                            frame.getMethod().getName(),
                            frame.getLineNumber());
        }

        /// Fails if there was one.
        void requireNone() {
            String pin = pins.poll();
            pins.clear();
            if (pin != null) {
                throw new AssertionError("virtual threads hold their carriers: " + pin);
            }
        }

        @Override
        public void close() {
            stream.stop(); // which hands over what there is
            stream.close();
            requireNone();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        watch(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        watch(context).requireNone();
    }

    private static Watch watch(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(
                        Watch.class,
                        _ -> new Watch(place -> !place.contains(PlantedPin.class.getName())),
                        Watch.class);
    }
}
