package dev.heddle.recording;

import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Warnings;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

import org.slf4j.LoggerFactory;

import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Counts virtual threads that held their carrier while they waited for more than 20 ms, and says
/// which code made them do so. With two carriers, two such threads stop a server.
final class Pins implements AutoCloseable {
    private static final int FRAMES = 8;

    private final Ring ring;
    private final Counters counters;
    private final Warnings warnings =
            new Warnings(
                    LoggerFactory.getLogger("heddle"), "a virtual thread held its carrier for ");
    private final Consumer<RecordedEvent> action = this::pinned;

    private Pins(Ring ring, Counters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    static Pins watch(Ring ring, Counters counters) {
        Pins pins = new Pins(ring, counters);
        ring.on("jdk.VirtualThreadPinned", pins.action);
        return pins;
    }

    @Override
    public void close() {
        ring.forget(action);
    }

    private void pinned(RecordedEvent event) {
        counters.pinned.increment();
        warnings.warnAbout(
                "%d ms: %s, %s; at %s"
                        .formatted(
                                event.getDuration().toMillis(),
                                event.getString("blockingOperation"),
                                event.getString("pinnedReason"),
                                frames(event.getStackTrace())));
    }

    /// The innermost frames that are not the JDK's machinery of parking.
    private static String frames(RecordedStackTrace stack) {
        if (stack == null) {
            return "an unknown place";
        }
        return stack.getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(Pins::text)
                .filter(frame -> !frame.startsWith("java.lang.VirtualThread."))
                .limit(FRAMES)
                .collect(Collectors.joining(" < "));
    }

    private static String text(RecordedFrame frame) {
        return frame.getMethod().getType().getName()
                + '.'
                + frame.getMethod().getName()
                + ':'
                + frame.getLineNumber();
    }
}
